/** How TensorFlow computes here, for runs that are resumed elsewhere. Loads nothing. */
export { adoptEngineSettings, type EngineSettings, engineSettings } from '../graph/engine-settings.js'
