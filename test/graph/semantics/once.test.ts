/** Each call of a compiled function runs it once, compiled or not: what it carries, keeps, disposes and changes is as without. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { compile, compileModel, uncompileModel } from '../../../src/graph.js'
import {
  expectClose,
  itCompiles,
  itIsAsEager,
  numbersOf,
  read,
  scalar,
  type Tensor,
  tf,
  thrownBy,
  type Wrap,
  warningsOf,
} from './support.js'

/** Five calls on 1, 2, …: their results. */
const five = (step: (x: Tensor) => unknown) => [1, 2, 3, 4, 5].map(i => numbersOf(step(scalar(i))))
const decay = (h: Tensor, x: Tensor) => tf.tidy(() => tf.add(tf.mul(h, 0.5), x))

class Batch {
  count = 0
  constructor(
    public x: Tensor,
    public scale = 1,
  ) {}
}

class Agent {
  readonly weight = tf.variable(scalar(1))
  readonly optimizer = tf.train.sgd(0.1)
  rate = 2
  calls = 0
  last: Tensor = scalar(0)
  update(x: Tensor) {
    return this.optimizer.minimize(() => tf.square(tf.sub(this.weight, x)).asScalar(), true, [this.weight])!
  }
  scaled(x: Tensor) {
    return tf.mul(x, this.rate)
  }
  counting(x: Tensor) {
    this.calls++
    return tf.neg(x)
  }
  remembering(x: Tensor) {
    const sum = tf.tidy(() => tf.add(this.last, x))
    this.last = sum
    return sum
  }
}

describe('what a compiled function carries from call to call', () => {
  const states: Record<string, (wrap: Wrap) => unknown> = {
    'a tensor that is kept, the old one disposed first': wrap => {
      let h: Tensor = scalar(0)
      return five(
        wrap(x => {
          const next = tf.keep(decay(h, x))
          h.dispose()
          h = next
          return tf.square(next)
        }),
      )
    },
    'a tensor that is kept, the old one disposed last': wrap => {
      let h: Tensor = scalar(0)
      return five(
        wrap(x => {
          const old = h
          h = tf.keep(decay(h, x))
          old.dispose()
          return tf.square(h)
        }),
      )
    },
    'a tensor that is not kept': wrap => {
      let h: Tensor = scalar(0)
      return five(
        wrap(x => {
          h = tf.add(tf.mul(h, 0.5), x)
          return tf.square(h)
        }),
      )
    },
    'a tensor that it returns, too': wrap => {
      let h: Tensor = scalar(0)
      return five(wrap(x => (h = decay(h, x))))
    },
    'a tensor that stays the same for some calls': wrap => {
      let h: Tensor = scalar(0)
      const step = wrap((x: Tensor) => (h = decay(h, x)))
      return [0, 0, 0, 1, 2].map(i => numbersOf(step(scalar(i))))
    },
    'a list of tensors': wrap => {
      const seen: Tensor[] = []
      return five(
        wrap(x => {
          seen.push(tf.keep(tf.tidy(() => tf.square(x))))
          return tf.addN(seen)
        }),
      )
    },
    'its last argument': wrap => {
      let last: Tensor | undefined
      return five(
        wrap(x => {
          const result = last ? tf.sub(x, last) : tf.neg(x)
          last = x
          return result
        }),
      )
    },
    'a table that it makes once and does not keep': wrap => {
      let table: Tensor | undefined
      return five(
        wrap(x => {
          table ??= tf.tensor1d([1, 2, 3])
          return tf.tidy(() => tf.mul(x, table!))
        }),
      )
    },
    'a number that it counts and reads': wrap => {
      let n = 0
      return [five(wrap(x => tf.tidy(() => tf.mul(x, ++n)))), n]
    },
    'a variable, and the tensor assigned to it': wrap => {
      const v = tf.variable(scalar(1))
      let last: Tensor = scalar(0)
      return five(
        wrap(x => {
          const result = tf.add(v, last)
          last = tf.add(v, x)
          v.assign(last as never)
          return result
        }),
      )
    },
    'steps of an optimizer before it reads a value': wrap => {
      const [w, optimizer] = [tf.variable(scalar(4)), tf.train.adam(0.1)]
      const step = wrap((x: Tensor) => {
        const loss = optimizer.minimize(() => tf.square(tf.sub(w, x)).asScalar(), true, [w])!
        return [loss, read(loss) > 1 ? 1 : 0, tf.mul(w, 1)]
      })
      return [five(step), w, (optimizer as unknown as { iterations: number }).iterations]
    },
    'a value that it reads in the middle, in a gradient': wrap => {
      const w = tf.variable(scalar(3))
      return five(
        wrap(x => {
          const { value, grads } = tf.variableGrads(() => {
            const y = tf.mul(tf.square(w), x)
            return (read(y) > 20 ? tf.neg(y) : y).asScalar()
          }, [w])
          w.assign(tf.sub(w, tf.mul(grads[w.name]!, 0.01)) as never)
          return [value, grads[w.name]]
        }),
      )
    },
  }
  itIsAsEager(states)

  it('warns once, after the function has run, with the whole reason', async () => {
    let h: Tensor = scalar(0)
    const step = compile((x: Tensor) => (h = decay(h, x)), { name: 'a state' })
    const warnings = await warningsOf(() => five(step))
    expect(warnings).to.deep.equal([
      'a state runs operation by operation, not compiled: Const: it reads a tensor that an earlier call of it made',
    ])
  })

  it('an error of the program itself comes without a warning', async () => {
    const step = compile((a: Tensor, b: Tensor) => tf.matMul(a as never, b as never), { name: 'wrong shapes' })
    const warnings = await warningsOf(() => {
      const [a, b] = [tf.ones([2, 3]), tf.ones([2, 3])]
      expect((thrownBy(() => step(a, b)) as Error).message).to.equal((thrownBy(() => tf.matMul(a as never, b as never)) as Error).message)
    })
    expect(warnings).to.deep.equal([])
  })

  it('an operation that TensorFlow refuses fails as without', async () => {
    const step = compile((x: Tensor) => tf.tidy(() => tf.reciprocal(x)), { name: 'an int’s reciprocal' })
    const x = tf.tensor1d([1, 2], 'int32')
    const code = (error: unknown) => String((error as Error).message).includes('Reciprocal')
    expect(code(thrownBy(() => tf.reciprocal(x)))).to.equal(true)
    expect(code(thrownBy(() => step(x)))).to.equal(true)
  })

  it('one that the function expects to fail is as without', () => {
    const tries = (x: Tensor) =>
      tf.tidy(() => {
        try {
          const y = tf.cumsum(tf.cast(x, 'bool'))
          return tf.mul(read(tf.cast(y, 'float32')), x)
        } catch {
          return tf.neg(x)
        }
      })
    expectClose(five(compile(tries)), five(tries))
  })
})

describe('arguments and this of compiled functions', () => {
  itIsAsEager({
    'this, whose fields are variables and an optimizer': wrap => {
      const agent = new Agent()
      agent.update = wrap(agent.update)
      return [five(x => agent.update(x)), agent.weight]
    },
    'numbers of this': wrap => {
      const agent = new Agent()
      agent.scaled = wrap(agent.scaled)
      return [2, 2, 3, 3, 2].map(rate => {
        agent.rate = rate
        return agent.scaled(scalar(1))
      })
    },
    'a number of this that the function counts': wrap => {
      const agent = new Agent()
      agent.counting = wrap(agent.counting)
      return [five(x => agent.counting(x)), agent.calls]
    },
    'a tensor of this that the function replaces': wrap => {
      const agent = new Agent()
      agent.remembering = wrap(agent.remembering)
      return five(x => agent.remembering(x))
    },
    'a tensor of a class instance that is replaced': wrap => {
      const [step, batch] = [wrap((b: Batch) => tf.mul(b.x, b.scale)), new Batch(scalar(1))]
      return [1, 2, 3, 4, 5, 6, 7].map(i => {
        batch.x = scalar(i)
        batch.scale = i > 4 ? 2 : 1
        return step(batch)
      })
    },
    'a class instance that the function changes': wrap => {
      const batch = new Batch(scalar(2))
      const step = wrap((b: Batch, x: Tensor) => {
        b.count++
        return tf.mul(b.x, x)
      })
      return [five(x => step(batch, x)), batch.count]
    },
    'a list that the function fills': wrap => {
      const list: Tensor[] = [scalar(0)]
      const step = wrap((into: Tensor[], x: Tensor) => {
        into.push(tf.neg(x))
        return into.length
      })
      return [[1, 2, 3].map(i => step(list, scalar(i))), list]
    },
    'a Map that the function fills': wrap => {
      const cache = new Map<string, Tensor>()
      const step = wrap((into: Map<string, Tensor>, x: Tensor) => {
        into.set(`x${into.size}`, tf.neg(x))
        return tf.square(x)
      })
      return [[1, 2, 3].map(i => step(cache, scalar(i))), Object.fromEntries(cache)]
    },
    'an argument that is disposed unless it is the first': wrap => {
      const step = wrap((x: Tensor, y: Tensor) => {
        y.dispose()
        return tf.neg(x)
      })
      return [1, 2, 3, 4].map(i => {
        const [x, y] = [scalar(i), scalar(i)]
        return [step(x, y), x.isDisposed, y.isDisposed]
      })
    },
    'a disposed argument that nothing uses': wrap => {
      const gone = scalar(1)
      gone.dispose()
      return five(x => wrap((x: Tensor, _: Tensor) => tf.neg(x))(x, gone))
    },
    'generators, closures and instances as results': wrap => {
      const makers = [
        function* (x: Tensor) {
          yield tf.neg(x)
        },
        (x: Tensor) => [() => tf.neg(x)],
        (x: Tensor) => ({ of: new Batch(tf.neg(x)) }),
      ] as const
      const [generate, close, instance] = makers.map(fn => wrap(fn as (x: Tensor) => unknown, fn.toString()))
      return [1, 2].map(i => [
        ...(generate!(scalar(i)) as Iterable<Tensor>),
        (close!(scalar(i)) as [() => Tensor])[0](),
        (instance!(scalar(i)) as { of: Batch }).of.x,
      ])
    },
    'functions that throw at their second call': wrap => {
      let n = 0
      const step = wrap((x: Tensor) => {
        if (++n === 2) throw new RangeError('mine')
        return tf.neg(x)
      })
      return [1, 2, 3, 4].map(i => {
        try {
          return step(scalar(i))
        } catch (error) {
          return (error as Error).message
        }
      })
    },
    'optional arguments, numbers and tensors in one place': wrap => {
      const step = wrap((x: Tensor, by?: number | Tensor, how = 'mul') => (how === 'mul' ? tf.mul(x, by ?? 1) : tf.add(x, by ?? 0)))
      return [
        step(scalar(2)),
        step(scalar(2), 3),
        step(scalar(2), scalar(4)),
        step(scalar(2), undefined, 'add'),
        step(scalar(2), scalar(4)),
        step(scalar(2)),
      ]
    },
    'the same tensor as two arguments': wrap => {
      const step = wrap((x: Tensor, y: Tensor) => tf.sub(x, y))
      const x = scalar(3)
      return [step(x, x), step(x, scalar(1)), step(x, x)]
    },
    'an argument that is a constant of the function, too': wrap => {
      const x = scalar(3)
      const step = wrap((y: Tensor) => tf.tidy(() => tf.sub(y, x)))
      return [step(x), step(scalar(1)), step(x)]
    },
  })

  itCompiles({
    'Maps and Sets of tensors, as arguments and results': wrap => {
      const step = wrap((map: Map<string, Tensor>, set: Set<Tensor>) =>
        tf.tidy(() => {
          const sum = tf.addN([...map.values(), ...set])
          return [[...map.keys()], sum]
        }),
      )
      return [1, 2, 3].map(i =>
        step(
          new Map([
            ['a', scalar(i)],
            ['b', scalar(2)],
          ]),
          new Set([scalar(10)]),
        ),
      )
    },
  })

  it('arguments that the function disposes leave nothing behind', () => {
    const step = compile((x: Tensor) => {
      const y = tf.sum(x)
      x.dispose()
      return y
    })
    const { numTensors } = tf.memory()
    for (let i = 0; i < 10; i++) step(tf.ones([10])).dispose()
    expect(tf.memory().numTensors).to.equal(numTensors)
  })
})

describe('what calls TensorFlow past its operations', () => {
  const { backend } = tf.engine() as unknown as { backend: Record<string, (...args: any[]) => any> & { binding: Record<string, unknown> } }

  it('every function of the addon is one that is known', () => {
    const functions = Object.entries(backend.binding).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
    const inherited = Object.getOwnPropertyNames(backend.binding).filter(name => typeof backend.binding[name] === 'function')
    expect([...new Set([...functions, ...inherited])].sort()).to.deep.equal(
      [
        'createTensor',
        'deleteSavedModel',
        'deleteTensor',
        'executeOp',
        'getNumOfSavedModels',
        'getNumOfTensors',
        'isUsingGpuDevice',
        'loadSavedModel',
        'runSavedModel',
        'tensorDataSync',
      ].filter(name => name in backend.binding),
    )
  })

  it('summaries are written at each call, after one warning', async () => {
    const writer = tf.node.summaryFileWriter(mkdtempSync(join(tmpdir(), 'millrace-test-')))
    let n = 0
    const step = compile(
      (x: Tensor) => {
        const sum = tf.sum(x)
        writer.scalar('sum', sum as never, n++)
        writer.histogram('x', tf.stack([x, tf.neg(x)]), n)
        return sum
      },
      { name: 'a summary' },
    )
    const warnings = await warningsOf(() => expect(five(step).length).to.equal(5))
    expect(warnings.length).to.equal(1)
    expect(n).to.equal(5)
  })

  it('ids of tensors, operations by name and saved models', async () => {
    const ids = (x: Tensor) => {
      const { id } = (backend.binding.executeOp as (...args: unknown[]) => { id: number }[])(
        'Neg',
        [{ name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT }],
        backend.getInputTensorIds!([tf.square(x)]),
        1,
      )[0]!
      return backend.createOutputTensor!({ id, shape: [], dtype: backend.binding.TF_FLOAT }) as Tensor
    }
    const step = compile(ids, { name: 'ids' })
    const warnings = await warningsOf(() => expectClose(five(step), five(ids)))
    expect(warnings.length).to.equal(1)
  })
})

describe('layers that keep tensors and numbers of their own', () => {
  class Attention extends tf.layers.Layer {
    static className = 'AttentionOfTest'
    last: Tensor | undefined
    mean: Tensor | undefined
    calls = 0
    constructor(readonly how: 'kept' | 'mean' | 'counts') {
      super({})
    }
    override computeOutputShape(shape: number[]) {
      return shape
    }
    override call(inputs: Tensor | Tensor[]) {
      return tf.tidy(() => {
        const x = [inputs].flat()[0] as Tensor
        const weights = tf.softmax(x as never)
        if (this.how === 'counts') {
          this.calls++
          return tf.mul(x, this.calls)
        }
        if (this.how === 'kept') {
          this.last?.dispose()
          this.last = tf.keep(tf.clone(weights))
          return tf.mul(x, weights)
        }
        const old = this.mean
        this.mean = tf.keep(tf.add(tf.mul(old ?? 0, 0.9), tf.mean(x, 0)))
        old?.dispose()
        return tf.sub(x, this.mean)
      })
    }
  }
  for (const how of ['kept', 'mean', 'counts'] as const) {
    it(`${how}: train as without`, async () => {
      const run = async (wrap: <M>(model: M) => M) => {
        const attention = new Attention(how)
        const dense = tf.layers.dense({ units: 3, inputShape: [3], kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }) })
        const model = wrap(tf.sequential({ layers: [dense, attention] }))
        model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.1) })
        const x = tf.tidy(() => tf.reshape(tf.sin(tf.range(0, 24)), [8, 3]))
        const { history } = await model.fit(x, tf.ones([8, 3]), { epochs: 3, batchSize: 4, shuffle: false, verbose: 0 })
        const left = [attention.last, attention.mean].map(tensor => tensor && Array.from(tensor.dataSync()))
        uncompileModel(model as never)
        return [history.loss, left, attention.calls]
      }
      expectClose(await run(compileModel as never), await run(model => model))
    })
  }
})
