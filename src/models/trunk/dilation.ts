/** `output_stride`: from a stride on, strides become dilations, so that positions stay (Chen and others 2017). */

export interface Stride {
  readonly strides: number
  /** What the convolutions of this layer are dilated by. */
  readonly dilation: number
  /** True if there would be fewer positions without the limit. */
  readonly keepsPositions: boolean
}

/** Says what a stride becomes, in the order of a trunk's blocks. */
export class StrideLimit {
  #reached: number
  #dilation = 1

  /** `reached` is the stride before the trunk. */
  constructor(
    readonly limit: number | null,
    reached: number,
  ) {
    this.#reached = reached
  }

  /** The block at the limit keeps the dilation of the one before it, as torchvision's. */
  next(strides: number): Stride {
    const dilation = this.#dilation
    if (this.limit === null || this.#reached * strides <= this.limit) {
      this.#reached *= strides
      return { strides, dilation, keepsPositions: dilation > 1 }
    }
    this.#dilation *= strides
    return { strides: 1, dilation, keepsPositions: true }
  }
}
