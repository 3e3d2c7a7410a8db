/** What a stream that may be a terminal can show. */

interface MaybeTerminal {
  readonly isTTY?: boolean
}

/** True for a terminal that can move its cursor: one that calls itself `dumb` cannot. */
export function canRedraw({ isTTY }: MaybeTerminal, { TERM }: NodeJS.ProcessEnv = process.env): boolean {
  return isTTY === true && TERM !== 'dumb'
}

/** True for a terminal that shows colours, unless `NO_COLOR` is set. */
export function canColor(stream: MaybeTerminal, env: NodeJS.ProcessEnv = process.env): boolean {
  return canRedraw(stream, env) && !env.NO_COLOR
}
