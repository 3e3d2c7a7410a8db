"""A training step and an evaluation of a network in PyTorch; prints one line of JSON, times in milliseconds."""
import argparse
import json
import resource
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

WARM_UP = 4


def conv(channels, filters, size, stride=1, groups=1):
    return nn.Conv2d(channels, filters, size, stride, size // 2, groups=groups, bias=False)


def conv_norm(channels, filters, size, stride=1, groups=1, activation=None):
    layers = [conv(channels, filters, size, stride, groups), nn.BatchNorm2d(filters)]
    return nn.Sequential(*layers, *([activation] if activation else []))


class Residual(nn.Module):
    """A branch, a bare 1x1 convolution as shortcut where the shape changes, a ReLU behind the sum."""

    def __init__(self, branch, channels, filters, stride, se=False):
        super().__init__()
        self.branch = branch
        self.shortcut = conv(channels, filters, 1, stride) if stride > 1 or channels != filters else nn.Identity()
        hidden = filters // 16
        self.gates = nn.Sequential(nn.Linear(filters, hidden), nn.ReLU(), nn.Linear(hidden, filters), nn.Sigmoid()) if se else None

    def forward(self, x):
        y = self.branch(x)
        if self.gates is not None:
            y = y * self.gates(y.mean((2, 3)))[:, :, None, None]
        return F.relu(y + self.shortcut(x))


class Pooled(nn.Module):
    """The mean over height and width."""

    def forward(self, x):
        return x.mean((2, 3))


def flagship(se):
    layers, channels = [conv_norm(1, 64, 7, 2, activation=nn.ReLU()), nn.MaxPool2d(3, 2, 1)], 64
    for group, filters in enumerate([64, 128, 256, 512]):
        stride, wide = 1 if group == 0 else 2, 4 * filters
        branch = nn.Sequential(
            conv_norm(channels, filters, 1, activation=nn.ReLU()),
            conv_norm(filters, filters, 3, stride, activation=nn.ReLU()),
            conv_norm(filters, wide, 1),
        )
        layers.append(Residual(branch, channels, wide, stride, se))
        channels = wide
    return nn.Sequential(*layers, Pooled(), nn.Linear(channels, 10))


def resnet18():
    layers, channels = [conv_norm(3, 64, 3, activation=nn.ReLU())], 64
    for group, filters in enumerate([64, 128, 256, 512]):
        for stride in (1 if group == 0 else 2, 1):
            branch = nn.Sequential(conv_norm(channels, filters, 3, stride, activation=nn.ReLU()), conv_norm(filters, filters, 3))
            layers.append(Residual(branch, channels, filters, stride))
            channels = filters
    return nn.Sequential(*layers, Pooled(), nn.Linear(channels, 10))


def mlp():
    return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        twice = lambda c, f: nn.Sequential(conv_norm(c, f, 3, activation=nn.ReLU()), conv_norm(f, f, 3, activation=nn.ReLU()))
        self.down = nn.ModuleList([twice(3, 16), twice(16, 32), twice(32, 64)])
        self.larger = nn.ModuleList([nn.ConvTranspose2d(64, 32, 2, 2), nn.ConvTranspose2d(32, 16, 2, 2)])
        self.up = nn.ModuleList([twice(64, 32), twice(32, 16)])
        self.pool, self.last = nn.MaxPool2d(2), nn.Conv2d(16, 2, 1)

    def forward(self, x):
        first = self.down[0](x)
        second = self.down[1](self.pool(first))
        x = self.down[2](self.pool(second))
        for larger, up, skip in zip(self.larger, self.up, (second, first)):
            x = up(torch.cat([skip, larger(x)], 1))
        return self.last(x)


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.LSTM(32, 64, 2, batch_first=True), nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.body(x)[0][:, -1])


class Dense(nn.Module):
    """A layer of a dense block: its input, and what it makes of it."""

    def __init__(self, channels, growth):
        super().__init__()
        self.layer = nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(), conv(channels, growth, 3))

    def forward(self, x):
        return torch.cat([x, self.layer(x)], 1)


def densenet(growth=12):
    layers, channels = [conv(3, 2 * growth, 3)], 2 * growth
    for block in range(3):
        if block > 0:
            layers += [nn.BatchNorm2d(channels), nn.ReLU(), conv(channels, channels // 2, 1), nn.AvgPool2d(2)]
            channels //= 2
        for _ in range(4):
            layers.append(Dense(channels, growth))
            channels += growth
    return nn.Sequential(*layers, nn.BatchNorm2d(channels), nn.ReLU(), Pooled(), nn.Linear(channels, 10))


def mobilenet():
    layers, channels = [conv_norm(3, 32, 3, activation=nn.ReLU6())], 32
    for filters, stride in ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1)):
        layers.append(conv_norm(channels, channels, 3, stride, groups=channels, activation=nn.ReLU6()))
        layers.append(conv_norm(channels, filters, 1, activation=nn.ReLU6()))
        channels = filters
    return nn.Sequential(*layers, Pooled(), nn.Linear(channels, 10))


# Networks of libraries are imported where they are asked for: importing them takes seconds.
def torchvision_model(name):
    def build():
        import torchvision

        return getattr(torchvision.models, name)(num_classes=10)

    return build


def timm_model(name, **options):
    def build():
        import timm

        return timm.create_model(name, num_classes=10, **options)

    return build


def unet_resnet18():
    import segmentation_models_pytorch

    return segmentation_models_pytorch.Unet('resnet18', encoder_weights=None, classes=2)


classes = lambda batch: torch.randint(0, 10, (batch,))
# The network, the shape of an item, the targets of a batch.
NETS = {
    'flagship': (flagship, (1, 28, 28), classes),
    'resnet18': (resnet18, (3, 32, 32), classes),
    'mlp': (mlp, (784,), classes),
    'unet': (UNet, (3, 64, 64), lambda batch: torch.randint(0, 2, (batch, 64, 64))),
    'lstm': (Lstm, (32, 32), classes),
    'densenet': (densenet, (3, 32, 32), classes),
    'mobilenet': (mobilenet, (3, 32, 32), classes),
    'mobilenetv2': (torchvision_model('mobilenet_v2'), (3, 64, 64), classes),
    'efficientnetb0': (torchvision_model('efficientnet_b0'), (3, 64, 64), classes),
    'resnext50': (torchvision_model('resnext50_32x4d'), (3, 64, 64), classes),
    'convnextatto': (timm_model('convnext_atto', drop_path_rate=0.1), (3, 64, 64), classes),
    'vittiny': (timm_model('vit_tiny_patch16_224', img_size=64, patch_size=8), (3, 64, 64), classes),
    'unetresnet18': (unet_resnet18, (3, 64, 64), lambda batch: torch.randint(0, 2, (batch, 64, 64))),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--net', choices=list(NETS), default='flagship')
    parser.add_argument('--se', action='store_true', help='with squeeze and excitation (flagship)')
    parser.add_argument('--batch', type=int, required=True)
    parser.add_argument('--steps', type=int, default=15)
    args = parser.parse_args()
    if args.se and args.net != 'flagship':
        parser.error('--se goes with --net flagship')

    torch.manual_seed(0)
    build, shape, targets = NETS[args.net]
    net = build(args.se) if args.net == 'flagship' else build()
    x, y = torch.rand(args.batch, *shape), targets(args.batch)
    optimizer = torch.optim.Adam(net.parameters())

    def train():
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    def evaluate():
        with torch.no_grad():
            return F.cross_entropy(net(x), y).item()

    def lap(work):
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1e3

    def median(work, warm_up):
        for _ in range(warm_up):
            work()
        return statistics.median(lap(work) for _ in range(args.steps))

    net.train()
    first_ms = lap(train)
    train_ms = median(train, WARM_UP - 1)
    net.eval()
    evaluate_ms = median(evaluate, WARM_UP)
    # PyTorch's LSTM adds two biases where one would do; the second ones are told apart, so that networks can be compared.
    second_biases = sum(p.numel() for name, p in net.named_parameters() if 'bias_hh' in name)
    print(json.dumps({
        'params': sum(p.numel() for p in net.parameters()),
        'second_biases': second_biases,
        'train_ms': train_ms,
        'evaluate_ms': evaluate_ms,
        'first_ms': first_ms,
        'peak_rss_mb': round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
        'version': torch.__version__,
    }))


main()
