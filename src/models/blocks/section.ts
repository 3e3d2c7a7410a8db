/** A config section whose keys are parameters of a layout (`filters`, `kernel_size`, …, `conv/use_bias`). */
export type Section = Readonly<Record<string, unknown>>
