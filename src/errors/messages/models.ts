import type { MessageTable } from '../message.js'

export const modelMessages = {} satisfies MessageTable
