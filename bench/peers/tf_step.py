"""A training step and an evaluation of the flagship in TensorFlow's Python (tf.function); prints one line of JSON, milliseconds."""
import argparse
import json
import os
import resource
import statistics
import time

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')
import tensorflow as tf

WARM_UP = 4
KEEP, EPSILON = 0.9, 1e-3


class Conv(tf.Module):
    def __init__(self, channels, filters, size, stride=1):
        super().__init__()
        deviation = (2 / (size * size * channels)) ** 0.5
        self.kernel, self.stride = tf.Variable(tf.random.normal((size, size, channels, filters), stddev=deviation)), stride

    def __call__(self, x):
        return tf.nn.conv2d(x, self.kernel, self.stride, 'SAME')


class Norm(tf.Module):
    def __init__(self, channels):
        super().__init__()
        self.gamma, self.beta = tf.Variable(tf.ones(channels)), tf.Variable(tf.zeros(channels))
        self.mean = tf.Variable(tf.zeros(channels), trainable=False)
        self.variance = tf.Variable(tf.ones(channels), trainable=False)

    def __call__(self, x, training):
        known = {'x': x, 'scale': self.gamma, 'offset': self.beta, 'epsilon': EPSILON, 'is_training': training}
        if not training:
            return tf.raw_ops.FusedBatchNormV3(mean=self.mean, variance=self.variance, **known).y
        result = tf.raw_ops.FusedBatchNormV3(mean=[], variance=[], **known)
        self.mean.assign_sub((self.mean - result.batch_mean) * (1 - KEEP))
        self.variance.assign_sub((self.variance - result.batch_variance) * (1 - KEEP))
        return result.y


class Dense(tf.Module):
    def __init__(self, inputs, units):
        super().__init__()
        self.kernel = tf.Variable(tf.random.normal((inputs, units), stddev=(2 / inputs) ** 0.5))
        self.bias = tf.Variable(tf.zeros(units))

    def __call__(self, x):
        return x @ self.kernel + self.bias


class Bottleneck(tf.Module):
    def __init__(self, channels, filters, stride, se):
        super().__init__()
        wide = 4 * filters
        self.convs = [Conv(channels, filters, 1), Conv(filters, filters, 3, stride), Conv(filters, wide, 1)]
        self.norms = [Norm(filters), Norm(filters), Norm(wide)]
        self.shortcut = Conv(channels, wide, 1, stride)
        self.gates = [Dense(wide, wide // 16), Dense(wide // 16, wide)] if se else None

    def __call__(self, x, training):
        y = tf.nn.relu(self.norms[0](self.convs[0](x), training))
        y = tf.nn.relu(self.norms[1](self.convs[1](y), training))
        y = self.norms[2](self.convs[2](y), training)
        if self.gates:
            hidden = tf.nn.relu(self.gates[0](tf.reduce_mean(y, [1, 2])))
            y = y * tf.sigmoid(self.gates[1](hidden))[:, None, None, :]
        return tf.nn.relu(y + self.shortcut(x))


class Flagship(tf.Module):
    def __init__(self, se):
        super().__init__()
        self.stem, self.norm = Conv(1, 64, 7, 2), Norm(64)
        inputs = [64, 256, 512, 1024]
        self.blocks = [Bottleneck(c, f, 1 if f == 64 else 2, se) for c, f in zip(inputs, [64, 128, 256, 512])]
        self.head = Dense(2048, 10)

    def __call__(self, x, training):
        y = tf.nn.max_pool2d(tf.nn.relu(self.norm(self.stem(x), training)), 3, 2, 'SAME')
        for block in self.blocks:
            y = block(y, training)
        return self.head(tf.reduce_mean(y, [1, 2]))


class Adam:
    """TensorFlow's fused update of each variable."""

    def __init__(self, variables):
        self.variables, self.step = variables, tf.Variable(0.0)
        self.slots = [(tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in variables]

    def apply(self, gradients):
        self.step.assign_add(1.0)
        powers = {'beta1_power': tf.pow(0.9, self.step), 'beta2_power': tf.pow(0.999, self.step)}
        for variable, (m, v), gradient in zip(self.variables, self.slots, gradients):
            tf.raw_ops.ResourceApplyAdam(var=variable.handle, m=m.handle, v=v.handle, grad=gradient, lr=1e-3, beta1=0.9, beta2=0.999,
                                         epsilon=1e-8, **powers)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--net', choices=['flagship'], default='flagship')
    parser.add_argument('--se', action='store_true', help='with squeeze and excitation')
    parser.add_argument('--batch', type=int, default=300)
    parser.add_argument('--steps', type=int, default=15)
    args = parser.parse_args()

    tf.random.set_seed(0)
    net = Flagship(args.se)
    variables = list(net.trainable_variables)
    optimizer = Adam(variables)
    x = tf.random.uniform((args.batch, 28, 28, 1))
    y = tf.random.uniform((args.batch,), 0, 10, tf.int32)
    compare = lambda logits, targets: tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits))

    @tf.function
    def train(images, targets):
        with tf.GradientTape() as tape:
            loss = compare(net(images, True), targets)
        optimizer.apply(tape.gradient(loss, variables))
        return loss

    @tf.function
    def evaluate(images, targets):
        return compare(net(images, False), targets)

    def lap(work):
        start = time.perf_counter()
        work(x, y).numpy()
        return (time.perf_counter() - start) * 1e3

    def median(work, warm_up):
        for _ in range(warm_up):
            lap(work)
        return statistics.median(lap(work) for _ in range(args.steps))

    first_ms = lap(train)
    train_ms = median(train, WARM_UP - 1)
    evaluate_ms = median(evaluate, WARM_UP)
    print(json.dumps({
        'params': sum(v.shape.num_elements() for v in variables),
        'train_ms': train_ms,
        'evaluate_ms': evaluate_ms,
        'first_ms': first_ms,
        'peak_rss_mb': round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
        'version': tf.__version__,
    }))


main()
