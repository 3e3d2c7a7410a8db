"""The SE comparison's four pipelines in BatchFlow (PyTorch); prints one line of JSON, medians in milliseconds a batch."""
import argparse
import json
import os
import resource
import statistics
import time
import warnings
from importlib.metadata import version

warnings.filterwarnings('ignore')
import numpy as np
from batchflow import B, Batch, Dataset, V
from batchflow.models.torch import ResNet
from batchflow.models.torch.blocks import ResBlock

WARM_UP = 2


class Digits(Batch):
    components = 'images', 'labels'


def read_part(folder, part):
    read = lambda name, header: np.frombuffer(open(os.path.join(folder, name), 'rb').read(), np.uint8, offset=header)
    labels = read(f'{part}-labels-idx1-ubyte', 8).astype(np.int64)
    return Dataset(len(labels), Digits, preloaded=(read(f'{part}-images-idx3-ubyte', 16).reshape(-1, 1, 28, 28), labels))


def config(se):
    """The flagship as near as BatchFlow's own blocks come: its shortcuts have a batch normalisation, its SE blocks a ratio of 4."""
    blocks = {
        'base_block': ResBlock, 'layout': 'cna cna cn', 'n_reps': [1, 1, 1, 1], 'kernel_size': [[1, 3, 1]] * 4,
        'channels': [[f, f, 4 * f] for f in (64, 128, 256, 512)], 'downsample': [False, 2, 2, 2], 'downsample_idx': 1,
        'attention': 'se' if se else None,
    }
    return {'inputs_shapes': (1, 28, 28), 'classes': 10, 'body/blocks': blocks, 'head/dropout_rate': 0.0, 'loss': 'ce',
            'optimizer': 'Adam', 'device': 'cpu', 'amp': False}


def pipelines(train, test, name, se):
    images = B('images').astype('float32') / 255.0
    fit = (train.p
           .init_variable('loss', default=0)
           .init_model(name=name, model_class=ResNet, mode='dynamic', config=config(se))
           .train_model(name, inputs=images, targets=B('labels'), outputs='loss', save_to=V('loss')))
    check = (test.p
             .init_variable('loss', default=[])
             .import_model(name, fit)
             .predict_model(name, inputs=images, targets=B('labels'), outputs='loss', save_to=V('loss', mode='a')))
    return fit, check


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--mnist', required=True, help="the folder with MNIST's four files")
    parser.add_argument('--iterations', type=int, default=10)
    args = parser.parse_args()

    train, test = read_part(args.mnist, 'train'), read_part(args.mnist, 't10k')
    turns = [*pipelines(train, test, 'resnet', False), *pipelines(train, test, 'se', True)]

    def lap(pipeline):
        start = time.perf_counter()
        pipeline.next_batch(300, n_epochs=None, shuffle=2)
        return (time.perf_counter() - start) * 1e3

    rounds = [[lap(pipeline) for pipeline in turns] for _ in range(WARM_UP + args.iterations)][WARM_UP:]
    medians = [statistics.median(column) for column in zip(*rounds)]
    count = lambda pipeline, name: sum(p.numel() for p in pipeline.m(name).model.parameters())
    print(json.dumps({
        'params': {'resnet': count(turns[0], 'resnet'), 'se': count(turns[2], 'se')},
        'iteration_ms': statistics.median(map(sum, rounds)),
        **dict(zip(('res_train', 'res_test', 'se_train', 'se_test'), medians)),
        'peak_rss_mb': round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
        'version': version('batchflow'),
    }))


main()
