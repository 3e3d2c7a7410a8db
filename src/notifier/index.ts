export { Notifier, openNotifier, type Watched } from './notifier.js'
export type { NotifierEvent, NotifierOption, NotifierOptions, NotifierSettings, TextStream } from './notifier-options.js'
