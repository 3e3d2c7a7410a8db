/** The letters of shortcuts: `R + ! * .`, and those that change a shape: `> <`. */

import { failShape } from '../../plan/layer-rules.js'
import type { Ref } from '../../plan/plan.js'
import { endBranch } from '../end-branch.js'
import type { JoiningLetter, KeepingLetter, LayerLetter } from './letter.js'

export const R: KeepingLetter = { summary: 'start of a shortcut', group: 'R', kind: undefined, keeps: true }

const shapeOf = ({ shape }: Ref) => `[${shape.join(', ')}]`

function expectFit(path: string, fits: boolean, branch: Ref, shortcut: Ref): void {
  if (!fits) failShape(path, `shapes ${shapeOf(branch)} and ${shapeOf(shortcut)} do not fit`)
}

export const sum: JoiningLetter = {
  summary: 'sum with the shortcut',
  group: '+',
  kind: 'sum',
  join: (site, branch, shortcut) => {
    const path = site.name('sum')
    expectFit(path, shapeOf(branch) === shapeOf(shortcut), branch, shortcut)
    return site.plan.layer(path, 'sum', { type: 'add' }, branch, shortcut)
  },
}

/** `layer_scale` and `drop_path` of the block apply to the branch first. */
export const residualSum: JoiningLetter = {
  ...sum,
  summary: 'sum with the shortcut, the branch through drop path and layer scale',
  join: (site, branch, shortcut) => sum.join(site, endBranch(site.plan, site.path, branch, site.section), shortcut),
}

export const concatenation: JoiningLetter = {
  summary: 'concatenation with the shortcut',
  group: '.',
  kind: 'concat',
  join: (site, branch, shortcut) => {
    const path = site.name('concat')
    const positions = ({ shape }: Ref) => shape.slice(0, -1).join()
    expectFit(path, positions(branch) === positions(shortcut), branch, shortcut)
    return site.plan.layer(path, 'concat', { type: 'concat' }, branch, shortcut)
  },
}

/** Axes of length 1 are stretched: `R V > c a c a *` scales channels. */
export const scaling: JoiningLetter = {
  summary: 'product with the shortcut',
  group: '*',
  kind: 'scale',
  join: (site, branch, shortcut) => {
    const path = site.name('scale')
    const fits = branch.shape.length === shortcut.shape.length && branch.shape.every((length, i) => isStretched(length, shortcut.shape[i]!))
    expectFit(path, fits, branch, shortcut)
    return site.plan.layer(path, 'scale', { type: 'multiply' }, shortcut, branch)
  },
}

const isStretched = (one: number, other: number) => one === other || one === 1 || other === 1

export const positioned: LayerLetter = {
  summary: 'channels without positions at one position',
  group: 'r',
  kind: 'reshape',
  add: (site, input) => {
    if (input.shape.length !== 1)
      failShape(site.path, `> in the layout cannot take the shape ${shapeOf(input)}`, 'one axis, as after P and V')
    return site.plan.layer(site.name('reshape'), 'reshape', { type: 'reshape', shape: [1, 1, input.shape[0]!] }, input)
  },
}

export const firstToken: LayerLetter = {
  summary: 'the first token',
  group: '<',
  kind: 'token',
  axes: [1, 1],
  add: (site, input) => site.plan.layer(site.name('token'), 'token', { type: 'token', index: 0 }, input),
}
