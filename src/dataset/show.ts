export { show } from '../util/show.js'
