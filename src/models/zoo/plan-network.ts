/** The network of a complete config. */
import type { Config } from '../../util/config.js'
import type { Section } from '../blocks/section.js'
import type { InputsSpec } from '../config/inputs.js'
import { type Plan, PlanBuilder } from '../plan/plan.js'
import { widenEach } from '../plan/round-width.js'
import { widenBy } from '../trunk/groups.js'
import { toSection } from './complete-config.js'
import type { Family } from './zoo-row.js'

export function planNetwork(family: Family, complete: Config, inputs: InputsSpec): Plan {
  const config = widened(family, complete)
  const plan = new PlanBuilder()
  const section = (path: string): Section => toSection(config.get(path))
  const [data] = inputs.data
  const input = plan.input(data!.name, data!.shape as number[])
  return plan.finish(family.shape.add({ plan, input, inputs, config, section, common: section('common') }))
}

/** `width_factor` of the trunk, applied to the filters around it. */
function widened({ shape, widened: paths }: Family, config: Config): Config {
  return shape.trunks.reduce((all, trunk) => {
    const factor = config.get<number>(`${trunk}/width_factor`, 1)
    if (factor === 1) return all
    const widen = widenBy(factor, config.get<number>(`${trunk}/width_divisor`, 8))
    return paths.filter(path => all.has(path)).reduce((one, path) => one.set(path, widenEach(one.get(path), widen)), all)
  }, config)
}
