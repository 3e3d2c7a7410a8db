import type { MessageTable } from '../message.js'

export const experimentMessages = {} satisfies MessageTable
