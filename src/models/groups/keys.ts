/** The config keys that say which weights are trained, and how: rates and freezing by part. */
import { anyOf, boolean, integer, listOf, nullable, number, oneOf, option, options, string } from '../../options/index.js'
import { anySchedule } from '../schedules.js'

const optional = { optional: true } as const
const rate = number({ min: 0 })
const patterns = anyOf(string, listOf(string))
const afterwards = anyOf(oneOf(['freeze', 'hold']), rate)

/** What a config says of one group. */
export const groupOptions = options(
  {
    match: option('its weights, by patterns of their paths: a part (head), **/bias, !**/gamma to exclude', patterns),
    name: option('its name in fetches; default: the pattern', string, optional),
    learningRate: option("its first rate; default: the optimizer's", rate, optional),
    decay: option("its schedule; default: the config's `decay`", nullable(anySchedule, 'for a constant rate'), optional),
    until: option('the step that ends its schedule; default: the one from which its rate stays', integer({ min: 1 }), optional),
    after: option(
      'what happens to it from then on: freeze: it is no longer trained; hold: it keeps its rate; or another rate',
      afterwards,
      optional,
    ),
    weightDecay: option("its weight decay; default: the optimizer's", rate, optional),
  },
  { needs: { until: ['after'] } },
)

/** What a config says of FreezeOut. */
export const freezeOutOptions = options({
  steps: option('the step at which the last part is frozen', integer({ min: 1 })),
  t0: option('the share of steps after which a part before the first one would be frozen', number({ min: 0, below: 1 }), { default: 0.5 }),
  degree: option('the power that shares of steps are raised to: 1 linear, 3 cubic', number({ above: 0 }), { default: 1 }),
  scaled: option('true: a first rate is divided by the share of steps that its part is trained for', boolean, { default: false }),
  learningRate: option('the first rate', nullable(rate, "for the optimizer's"), { default: null }),
  by: option('parts: the groups of the body, or single blocks', oneOf(['group', 'block']), { default: 'group' }),
  after: option('what happens to a part from then on, as in parameter_groups', afterwards, { default: 'freeze' }),
})

const keys = {
  trainable: option(
    'the weights that are trained, by patterns of their paths: head, body/**, !**/bias; all others stay as they are',
    nullable(patterns, 'for all'),
    { default: null },
  ),
  freeze_statistics: option('true: batch normalisation that is not trained uses its moving averages and does not move them', boolean, {
    default: false,
  }),
  parameter_groups: option(
    'weights with rates of their own; the first group that matches a weight has it, others follow optimizer and decay',
    nullable(listOf(groupOptions), 'for none'),
    { default: null },
  ),
  freeze_out: option(
    'FreezeOut: parts, all but the last, are frozen one after the other, each by a cosine of its own; those of parameter_groups excepted',
    nullable(freezeOutOptions, 'for none'),
    { default: null },
  ),
}
type Keys = typeof keys
// An interface keeps declarations short: it is named there, not written out.
export interface GroupKeys extends Keys {}

/** Keys of every model. */
export const groupKeys: GroupKeys = keys
