/** Models imported in a circle are initialised nowhere. */
import { declaredModels } from '../../description/checks/check-names.js'
import type { PipelineSpec } from '../../description/content/pipeline-spec.js'
import { actionsOf, declaredBy } from '../../description/content/visit-actions.js'
import type { Checked } from './checked.js'

export function checkImports(checked: Checked): void {
  const told = new Set<string>()
  for (const [name, spec] of checked.pipelines) {
    if (!spec) continue
    for (const action of actionsOf(spec)) {
      const model = declaredBy(action).find(({ from }) => from !== undefined)?.name
      if (typeof model !== 'string') continue
      const chain = circleFrom(checked, name, model)
      const key = chain && [...chain.slice(1)].sort().join()
      if (!chain || told.has(`${model}:${key}`)) continue
      told.add(`${model}:${key}`)
      checked.tell(['pipelines', name, ...action.path, action.name, 'from'], 'import-cycle', { seen: model, chain })
    }
  }
}

function circleFrom({ pipelines }: Checked, start: string, model: string): readonly string[] | undefined {
  const chain = [start]
  for (let at: string | undefined = start; at !== undefined; ) {
    const spec: PipelineSpec | undefined = pipelines.get(at)
    at = spec && declaredModels(spec).get(model)
    if (at === undefined) return undefined
    if (at === start) return [...chain, at]
    if (chain.includes(at)) return undefined
    chain.push(at)
  }
  return undefined
}
