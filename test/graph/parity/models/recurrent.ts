/** Recurrent networks and sequences. */
import { chain, type Layer, type ParityModel, type Tf } from '../parity-model.js'

const sequence = (name: string, make: (tf: Tf) => Layer[], more: Partial<ParityModel> = {}): ParityModel => ({
  name,
  build: tf => chain(tf, [4, 3], ...make(tf), tf.layers.dense({ units: 2 })),
  ...more,
})
/** Hidden state without hard sigmoid, which has kinks. */
const gates = { recurrentActivation: 'sigmoid' as const }

/** Words: an embedding, then something recurrent. */
const words = (name: string, make: (tf: Tf) => Layer[]): ParityModel => ({
  name,
  build: tf => chain(tf, [5], tf.layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true }), ...make(tf)),
  vocabulary: 7,
})

export const recurrentModels: readonly ParityModel[] = [
  sequence('simple recurrent network', tf => [tf.layers.simpleRNN({ units: 3, recurrentInitializer: 'glorotNormal' })]),
  sequence('LSTM', tf => [tf.layers.lstm({ units: 3, ...gates, recurrentInitializer: 'glorotNormal' })]),
  sequence('GRU', tf => [tf.layers.gru({ units: 3, ...gates, recurrentInitializer: 'glorotNormal' })]),
  sequence('LSTM with hard gates', tf => [tf.layers.lstm({ units: 3, recurrentInitializer: 'glorotNormal' })], { kink: true }),
  sequence('two LSTMs, one of them backwards', tf => [
    tf.layers.lstm({ units: 3, ...gates, returnSequences: true, recurrentInitializer: 'glorotNormal' }),
    tf.layers.lstm({ units: 2, ...gates, goBackwards: true, recurrentInitializer: 'glorotNormal' }),
  ]),
  sequence('LSTM in both directions', tf => [
    tf.layers.bidirectional({
      layer: tf.layers.lstm({ units: 2, ...gates, recurrentInitializer: 'glorotNormal' }) as never,
      mergeMode: 'concat',
    }),
  ]),
  sequence('GRU in both directions, summed', tf => [
    tf.layers.bidirectional({
      layer: tf.layers.gru({ units: 2, ...gates, returnSequences: true, recurrentInitializer: 'glorotNormal' }) as never,
      mergeMode: 'sum',
    }),
    tf.layers.globalAveragePooling1d({}),
  ]),
  sequence('stacked cells', tf => [
    tf.layers.rnn({
      cell: tf.layers.stackedRNNCells({
        cells: [
          tf.layers.simpleRNNCell({ units: 3, recurrentInitializer: 'glorotNormal' }),
          tf.layers.lstmCell({ units: 2, ...gates, recurrentInitializer: 'glorotNormal' }),
        ],
      }) as never,
    }),
  ]),
  sequence('the same layer at every time', tf => [
    tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3, activation: 'tanh' }) }),
    tf.layers.flatten(),
  ]),
  sequence('a vector repeated', tf => [
    tf.layers.flatten(),
    tf.layers.repeatVector({ n: 3 }),
    tf.layers.gru({ units: 2, ...gates, recurrentInitializer: 'glorotNormal' }),
  ]),
  sequence('a mask of times', tf => [
    tf.layers.masking({ maskValue: 0 }),
    tf.layers.simpleRNN({ units: 3, recurrentInitializer: 'glorotNormal' }),
  ]),
  sequence('the largest of all times', tf => [
    tf.layers.conv1d({ filters: 3, kernelSize: 2, activation: 'tanh' }),
    tf.layers.globalMaxPooling1d({}),
  ]),
  words('words, masked, and an LSTM', tf => [
    tf.layers.lstm({ units: 3, ...gates, recurrentInitializer: 'glorotNormal' }),
    tf.layers.dense({ units: 2 }),
  ]),
  words('words, masked, and a sequence', tf => [
    tf.layers.gru({ units: 3, ...gates, returnSequences: true, recurrentInitializer: 'glorotNormal' }),
    tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2 }) }),
  ]),
  {
    name: 'convolutional LSTM',
    build: tf =>
      chain(
        tf,
        [3, 4, 4, 1],
        tf.layers.convLstm2d({ filters: 2, kernelSize: 2, padding: 'same', ...gates, recurrentInitializer: 'glorotNormal' }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2 }),
      ),
  },
]
