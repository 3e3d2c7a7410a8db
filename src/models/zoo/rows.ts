/** The zoo: a variant is a row, its defaults laid over its family's. */
import type { Family } from './family.js'
import { resnet } from './resnet.js'

export interface ZooRow {
  readonly family: Family
  readonly summary: string
  readonly defaults: Readonly<Record<string, unknown>>
}

const simple = (...blocks: number[]) => ({ 'body/num_blocks': blocks, 'body/block/bottleneck': false })
const bottleneck = (...blocks: number[]) => ({ 'body/num_blocks': blocks, 'body/block/bottleneck': true })
const se = { 'body/block/se_block': true }

export const rows = {
  ResNet: { family: resnet, summary: 'residual network; give body/num_blocks', defaults: {} },
  ResNet18: { family: resnet, summary: '18 layers', defaults: simple(2, 2, 2, 2) },
  ResNet34: { family: resnet, summary: '34 layers', defaults: simple(3, 4, 6, 3) },
  ResNet50: { family: resnet, summary: '50 layers, bottleneck blocks', defaults: bottleneck(3, 4, 6, 3) },
  ResNet101: { family: resnet, summary: '101 layers, bottleneck blocks', defaults: bottleneck(3, 4, 23, 3) },
  ResNet152: { family: resnet, summary: '152 layers, bottleneck blocks', defaults: bottleneck(3, 8, 36, 3) },
  SEResNet: { family: resnet, summary: 'residual network with squeeze and excitation; give body/num_blocks', defaults: se },
  SEResNet18: { family: resnet, summary: '18 layers, squeeze and excitation', defaults: { ...simple(2, 2, 2, 2), ...se } },
  SEResNet34: { family: resnet, summary: '34 layers, squeeze and excitation', defaults: { ...simple(3, 4, 6, 3), ...se } },
  SEResNet50: {
    family: resnet,
    summary: '50 layers, bottleneck blocks, squeeze and excitation',
    defaults: { ...bottleneck(3, 4, 6, 3), ...se },
  },
  SEResNet101: {
    family: resnet,
    summary: '101 layers, bottleneck blocks, squeeze and excitation',
    defaults: { ...bottleneck(3, 4, 23, 3), ...se },
  },
  SEResNet152: {
    family: resnet,
    summary: '152 layers, bottleneck blocks, squeeze and excitation',
    defaults: { ...bottleneck(3, 8, 36, 3), ...se },
  },
} as const satisfies Record<string, ZooRow>

export type ZooName = keyof typeof rows
