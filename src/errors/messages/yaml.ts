import type { MessageTable } from '../message.js'

export const yamlMessages = {} satisfies MessageTable
