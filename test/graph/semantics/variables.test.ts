/** Variables under compiled functions are variables: whoever reads or writes them, whenever, sees what eager code would see. */
import { itCompiles, read, scalar, tf, type Variable, type Wrap } from './support.js'

const number = (value: number, name?: string) => tf.variable(scalar(value), true, name) as Variable
const adder = (wrap: Wrap, variable: Variable, by = 1) => wrap(() => void variable.assign(tf.add(variable, by)))

describe('variables of compiled functions', () => {
  itCompiles({
    'a clone made before a step keeps the old value': wrap => {
      const v = number(1)
      const add = adder(wrap, v)
      const before = v.clone()
      add()
      const between = v.clone()
      add()
      return [before, between, v]
    },
    'a clone keeps its value when the variable is assigned before anybody reads it': wrap => {
      const v = number(1)
      const add = adder(wrap, v)
      add()
      const clone = v.clone()
      v.assign(scalar(10))
      return [read(clone), read(v)]
    },
    'such a clone keeps its value over further steps': wrap => {
      const v = number(1)
      const add = adder(wrap, v)
      add()
      const clone = v.clone()
      v.assign(scalar(10))
      add()
      add()
      return [clone, v]
    },
    'a clone keeps its value when the variable and the function are disposed': wrap => {
      const v = number(1)
      const add = adder(wrap, v)
      add()
      const clone = v.clone()
      v.dispose()
      add.dispose()
      return clone
    },
    'a variable assigned from one that is only in the session': wrap => {
      const [a, b] = [number(1), number(5)]
      const add = adder(wrap, a)
      add()
      b.assign(a as never)
      add()
      add()
      return [a, b]
    },
    'an assignment between steps is seen by the next step': wrap => {
      const v = number(1)
      const add = adder(wrap, v)
      add()
      v.assign(scalar(100))
      add()
      return v
    },
    'two functions that change one variable see each other': wrap => {
      const v = number(1)
      const [add, double] = [adder(wrap, v), wrap(() => void v.assign(tf.mul(v, 2)))]
      const seen: number[] = []
      for (const step of [add, double, double, add, add, double]) {
        step()
        seen.push(read(v))
      }
      return seen
    },
    'two functions that change one variable see each other when nobody reads between': wrap => {
      const v = number(1)
      const [add, double] = [adder(wrap, v), wrap(() => void v.assign(tf.mul(v, 2)))]
      for (const step of [add, double, double, add, add, double, double, add]) step()
      return v
    },
    'a function that only reads sees what another changes': wrap => {
      const [v, w] = [number(1), number(2)]
      const [add, look] = [adder(wrap, v), wrap(() => tf.mul(v, w))]
      const seen: number[] = []
      for (let i = 0; i < 3; i++) {
        add()
        seen.push(read(look()))
        w.assign(scalar(i))
      }
      return seen
    },
    'two variables that share their data part when one is changed': wrap => {
      const a = number(1)
      const b = tf.variable(a)
      const step = wrap(() => {
        a.assign(tf.add(a, 1))
        b.assign(tf.mul(b, 3))
      })
      step()
      step()
      const c = tf.variable(a)
      step()
      return [a, b, c]
    },
    'variables change places': wrap => {
      const [a, b] = [number(1), number(2)]
      const swap = wrap(() => {
        const old = tf.clone(a)
        a.assign(b as never)
        b.assign(old as never)
      })
      const seen: number[] = []
      for (let i = 0; i < 3; i++) {
        swap()
        seen.push(read(a), read(b))
      }
      return seen
    },
    'a variable assigned twice in one step': wrap => {
      const v = number(1)
      const step = wrap(() => {
        v.assign(tf.add(v, 1))
        v.assign(tf.mul(v, v))
        return tf.add(v, 0.5)
      })
      return [step(), v, step(), v].map(read)
    },
    'names that TensorFlow does not take stay apart': wrap => {
      const [a, b, c] = [number(1, 'n a'), number(2, 'n_a'), number(3, 'größe:0 §')]
      const step = wrap(() => {
        for (const v of [a, b, c]) v.assign(tf.mul(v, 10))
        return tf.addN([a, b, c])
      })
      return [read(step()), read(a), read(b), read(c)]
    },
    'a name that is used again, for another shape': wrap => {
      let v: Variable = tf.variable(tf.ones([2]), true, 'used again')
      const step = wrap(() => tf.mul(v, 2))
      const first = step()
      v.dispose()
      v = tf.variable(tf.ones([3]), true, 'used again')
      return [first, step()]
    },
    'a variable of another version of the function is disposed': wrap => {
      const [a, b] = [number(1), number(2)]
      const step = wrap((which: string) => tf.mul(which === 'a' ? a : b, 2))
      const seen = [read(step('a')), read(step('b'))]
      a.dispose()
      return [...seen, read(step('b'))]
    },
    'dispose, then call again': wrap => {
      const v = number(1)
      const add = adder(wrap, v)
      add()
      add.dispose()
      const between = read(v)
      add()
      add()
      return [between, v]
    },
    'variables that hold integers and booleans': wrap => {
      const [i, b] = [tf.variable(tf.tensor1d([1, 2], 'int32')), tf.variable(tf.tensor1d([true, false], 'bool'))]
      const step = wrap(() => {
        i.assign(tf.add(i, scalar(1, 'int32')) as never)
        b.assign(tf.logicalNot(b) as never)
      })
      step()
      step()
      step()
      return [i, b]
    },
    'a variable on another backend': async wrap => {
      await tf.setBackend('cpu')
      const [x, v] = [tf.tensor1d([1, 2]), tf.variable(tf.tensor1d([3, 4]))]
      await tf.setBackend('tensorflow')
      const step = wrap((given: typeof x) => {
        v.assign(tf.add(v, given))
        return tf.mul(v, given)
      })
      return [step(x), step(x), v]
    },
    'a variable that moves to another backend between two steps': async wrap => {
      const v = tf.variable(tf.tensor1d([3, 4]))
      const step = wrap(() => void v.assign(tf.add(v, 1)))
      step()
      await tf.setBackend('cpu')
      const elsewhere = read(tf.mul(v, 10))
      await tf.setBackend('tensorflow')
      step()
      return [elsewhere, v]
    },
  })
})
