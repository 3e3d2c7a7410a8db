import type { MessageTable } from '../message.js'

export const datasetMessages = {} satisfies MessageTable
