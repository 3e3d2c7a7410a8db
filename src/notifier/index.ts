export { Notifier, openNotifier, type Watched } from './notifier.js'
export {
  type NotifierEvent,
  type NotifierOption,
  type NotifierOptions,
  type NotifierSettings,
  notifier,
  type TextStream,
} from './notifier-options.js'
