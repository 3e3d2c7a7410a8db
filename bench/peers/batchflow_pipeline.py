"""Batches of MNIST through a pipeline of BatchFlow, shuffled and scaled to float32, no model; prints one line of JSON, batches a second."""
import argparse
import json
import os
import statistics
import time
import warnings
from importlib.metadata import version

warnings.filterwarnings('ignore')
import numpy as np
from batchflow import Batch, Dataset, action


class Digits(Batch):
    components = 'images', 'labels'

    @action
    def normalize(self, scale):
        self.images = self.images.astype(np.float32) / scale
        return self


def read_dataset(folder):
    read = lambda name, header: np.frombuffer(open(os.path.join(folder, name), 'rb').read(), np.uint8, offset=header)
    images = read('train-images-idx3-ubyte', 16).reshape(-1, 28, 28, 1)
    labels = read('train-labels-idx1-ubyte', 8).astype(np.int32)
    return Dataset(len(labels), Digits, preloaded=(images, labels))


def walk(pipeline, size, **limits):
    """Seconds, batches and the sum of all images' middle pixels: a number that only the whole work gives."""
    batches, pixels = 0, 0.0
    start = time.perf_counter()
    for batch in pipeline.gen_batch(size, shuffle=7, **limits):
        images = batch.images
        assert images.dtype == np.float32
        pixels += float(images[:, 14, 14, 0].sum(dtype=np.float64))
        batches += 1
    return time.perf_counter() - start, batches, pixels


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--mnist', required=True, help="the folder with MNIST's four files")
    parser.add_argument('--sizes', required=True, help='items in a batch, with commas between')
    parser.add_argument('--seconds', type=float, required=True, help='how long each size is measured at least')
    args = parser.parse_args()

    pipeline = read_dataset(args.mnist).p.normalize(255)
    sizes = {}
    for size in map(int, args.sizes.split(',')):
        walk(pipeline, size, n_iters=200)
        epochs = [walk(pipeline, size, n_epochs=1)]
        while sum(seconds for seconds, _, _ in epochs) < args.seconds:
            epochs.append(walk(pipeline, size, n_epochs=1))
        _, batches, pixels = epochs[0]
        sizes[size] = {'per_second': statistics.median(count / seconds for seconds, count, _ in epochs), 'batches': batches, 'pixels': pixels}
    print(json.dumps({'sizes': sizes, 'version': version('batchflow')}))


main()
