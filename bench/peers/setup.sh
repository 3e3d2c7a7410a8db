#!/usr/bin/env bash
# Makes a Python environment with what Millrace is measured against: bash bench/peers/setup.sh DIR (about 6 GB).
set -euo pipefail
dir=${1:?usage: bash bench/peers/setup.sh DIR}
if [ ! -x "$dir/bin/python" ]; then python3 -m venv "$dir"; fi
"$dir/bin/python" -m pip install --quiet torch==2.15.0 torchvision==0.29.2 timm==1.0.31 segmentation-models-pytorch==0.6.0 \
  tensorflow-cpu==2.21.0 "batchflow[nn,image]==0.10.1" pandas matplotlib opencv-python-headless scikit-image
"$dir/bin/python" -c 'import torch, tensorflow, batchflow'
echo "The peers are ready: npm run bench -- step --peers $dir"
