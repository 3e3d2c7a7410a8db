/** The width of a hidden layer that is a share of the channels. */
export const hiddenUnits = (channels: number, ratio: number): number => Math.max(1, Math.floor(channels / ratio))
