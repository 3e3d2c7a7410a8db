/** Optimizers in compiled functions: learning rates, counts, slots and classes of one's own, whatever changes between steps. */
import { itCompiles, itIsAsEager, type Optimizer, read, type Scenario, scalar, tf, type Variable, type Wrap } from './support.js'

const optimizers: Readonly<Record<string, () => Optimizer>> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.5),
  adam: () => tf.train.adam(0.1),
  adamax: () => tf.train.adamax(0.1),
  rmsprop: () => tf.train.rmsprop(0.1, 0.9, 0.5, 1e-7, true),
}
type Rated = { learningRate: number; setLearningRate?(rate: number): void }

const weights = () => tf.variable(tf.tensor1d([1, -2, 3]))
const loss = (w: Variable) => tf.sum(tf.mul(w, w)).asScalar()
const stepper = (wrap: Wrap, optimizer: Optimizer, w: Variable) => wrap(() => optimizer.minimize(() => loss(w), true, [w])!)
const count = (optimizer: Optimizer) => (optimizer as unknown as { iterations: number }).iterations

function setRate(optimizer: Optimizer, rate: number): void {
  const rated = optimizer as unknown as Rated
  if (rated.setLearningRate) rated.setLearningRate(rate)
  else rated.learningRate = rate
}

const gradientsOf = (given: object): { name: string; tensor: import('./support.js').Tensor }[] =>
  Array.isArray(given) ? given : Object.entries(given).map(([name, tensor]) => ({ name, tensor }))

/** Gradient descent by hand, with a rate that a subclass says. */
abstract class Own extends tf.SGDOptimizer {
  constructor() {
    super(1)
  }

  abstract rate(): number

  override applyGradients(given: never): void {
    const rate = this.rate()
    for (const { name, tensor } of gradientsOf(given)) {
      const variable = Object.values(known()).find(each => each.name === name)!
      variable.assign(tf.sub(variable, tf.mul(tensor, rate)))
    }
    this.incrementIterations()
  }
}
const known = () => (tf.engine() as unknown as { state: { registeredVariables: Record<string, Variable> } }).state.registeredVariables

const changes: Record<string, Scenario> = {}
const counts: Record<string, Scenario> = {}
for (const [name, create] of Object.entries(optimizers)) {
  changes[`${name}: the learning rate changes between steps`] = wrap => {
    const [w, optimizer] = [weights(), create()]
    const step = stepper(wrap, optimizer, w)
    const seen: number[] = []
    for (const rate of [0.1, 0.01, 0.5, 0]) {
      setRate(optimizer, rate)
      seen.push(read(step()), read(w))
    }
    return seen
  }
  counts[`${name} counts its steps, and none for tracing`] = wrap => {
    const [w, optimizer] = [weights(), create()]
    const step = stepper(wrap, optimizer, w)
    const seen = [count(optimizer)]
    for (let i = 0; i < 3; i++) {
      step()
      seen.push(count(optimizer))
    }
    return seen
  }
}

describe('optimizers of compiled functions', () => {
  itCompiles({
    ...changes,
    ...counts,
    'a number beside the learning rate changes between steps': wrap => {
      const [w, optimizer] = [weights(), tf.train.momentum(0.1, 0.9)]
      const step = stepper(wrap, optimizer, w)
      step()
      step()
      Object.assign(optimizer, { momentum: 0.1, useNesterov: true })
      step()
      step()
      return w
    },
    'the decay of an average changes between steps': wrap => {
      const [w, optimizer] = [weights(), tf.train.adam(0.1)]
      const step = stepper(wrap, optimizer, w)
      step()
      Object.assign(optimizer, { beta1: 0.5 })
      step()
      step()
      return w
    },
    'a variable is frozen between steps, and trained again': wrap => {
      const [a, b, optimizer] = [weights(), weights(), tf.train.momentum(0.1, 0.9)]
      const step = wrap(() => void optimizer.minimize(() => tf.add(loss(a), loss(b)).asScalar(), false, [a, b]))
      const seen: number[] = []
      for (const trainable of [true, false, true, false]) {
        b.trainable = trainable
        step()
        seen.push(read(a), read(b))
      }
      return seen
    },
    'what is read of a variable after its step is its new value': wrap => {
      const [w, optimizer] = [weights(), tf.train.adam(0.1)]
      const step = wrap(() => {
        optimizer.minimize(() => loss(w), false, [w])
        return [tf.mul(w, 2), loss(w)]
      })
      return [step(), step(), w]
    },
    'one optimizer steps twice in a function': wrap => {
      const [w, optimizer] = [weights(), tf.train.adam(0.1)]
      const step = wrap(() => {
        for (let i = 0; i < 2; i++) optimizer.minimize(() => loss(w), false, [w])
      })
      step()
      step()
      return [w, count(optimizer)]
    },
    'a second optimizer sees what the first has done': wrap => {
      const [a, b] = [weights(), weights()]
      const [first, second] = [tf.train.sgd(0.1), tf.train.adam(0.1)]
      const step = wrap(() => {
        first.minimize(() => tf.sum(tf.mul(a, b)).asScalar(), false, [a])
        return second.minimize(() => tf.sum(tf.square(tf.sub(a, b))).asScalar(), true, [b])
      })
      return [step(), step(), a, b]
    },
    'two optimizers that have nothing to do with each other': wrap => {
      const [a, b] = [weights(), weights()]
      const [first, second] = [tf.train.sgd(0.1), tf.train.adam(0.1)]
      const step = wrap(() => {
        first.minimize(() => loss(a), false, [a])
        second.minimize(() => loss(b), false, [b])
      })
      step()
      setRate(first, 0.3)
      step()
      return [a, b]
    },
    'a variable is assigned, then minimised': wrap => {
      const [w, other] = [weights(), weights()]
      const optimizer = tf.train.sgd(0.1)
      const step = wrap(() => {
        other.assign(tf.add(other, 1))
        w.assign(other as never)
        optimizer.minimize(() => loss(w), false, [w])
      })
      step()
      step()
      return [w, other]
    },
    'a variable is minimised, then assigned': wrap => {
      const [w, optimizer] = [weights(), tf.train.momentum(0.1, 0.9)]
      const step = wrap(() => {
        optimizer.minimize(() => loss(w), false, [w])
        w.assign(tf.clipByValue(w, -1, 1) as never)
      })
      step()
      step()
      return w
    },
    'a class of one’s own whose rate changes between steps': wrap => {
      class Decaying extends Own {
        mine = { rate: 0.1 }
        rate = () => this.mine.rate
      }
      const [w, optimizer] = [weights(), new Decaying()]
      const step = stepper(wrap, optimizer, w)
      for (const rate of [0.1, 0.1, 0.4, 0.01]) {
        optimizer.mine.rate = rate
        step()
      }
      return [w, count(optimizer)]
    },
    'slots have values of their own, which a user may set': wrap => {
      const [w, optimizer] = [weights(), tf.train.momentum(0.1, 0.9)]
      const step = stepper(wrap, optimizer, w)
      step()
      const [{ variable }] = (optimizer as unknown as { accumulations: [{ variable: Variable }] }).accumulations
      variable.assign(tf.zerosLike(variable))
      step()
      return [w, variable]
    },
    'an optimizer steps compiled and as tfjs does in turn': wrap => {
      const [w, optimizer] = [weights(), tf.train.adam(0.1)]
      const step = stepper(wrap, optimizer, w)
      const plain = () => optimizer.minimize(() => loss(w), false, [w])
      for (const work of [plain, step, step, plain, plain, step]) work()
      return [w, count(optimizer)]
    },
    'weights of an optimizer go to another': async wrap => {
      const [w, first, second] = [weights(), tf.train.adam(0.1), tf.train.adam(0.1)]
      const [one, two] = [stepper(wrap, first, w), stepper(wrap, second, w)]
      one()
      one()
      await second.setWeights(await first.getWeights())
      two()
      return [w, count(second)]
    },
  })

  itIsAsEager({
    'a class that computes with the count of its steps': wrap => {
      class Counting extends Own {
        rate = () => 0.1 / (this.iterations + 1)
      }
      const [w, optimizer] = [weights(), new Counting()]
      const step = stepper(wrap, optimizer, w)
      step()
      step()
      step()
      return [w, count(optimizer)]
    },
    'a class that counts by itself': wrap => {
      class Shrinking extends Own {
        mine = 0.1
        rate = () => {
          this.mine *= 0.5
          return this.mine
        }
      }
      const [w, optimizer] = [weights(), new Shrinking()]
      const step = stepper(wrap, optimizer, w)
      step()
      step()
      return [w, optimizer.mine]
    },
    'a disposed optimizer does not end the training by another': wrap => {
      const w = weights()
      const both = { first: tf.train.adam(0.1), second: tf.train.adam(0.2) }
      const step = wrap((which: 'first' | 'second') => both[which].minimize(() => loss(w), true, [w])!)
      step('first')
      step('second')
      both.first.dispose()
      step('second')
      return [w, scalar(1)]
    },
  })
})
