/** A dataset of small random images in three classes, for networks that train in milliseconds. */
import { Dataset, ImagesBatch } from '../../src/dataset/index.js'
import { batch } from '../models/small.js'

export const smallImages = (length: number) => new Dataset(length, ImagesBatch, { name: 'small', preloaded: batch(length) })
