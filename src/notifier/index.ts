export { Notifier, openNotifier, type Watched } from './notifier.js'
export type { NotifierEvent, NotifierOption, NotifierOptions, TextStream } from './notifier-options.js'
