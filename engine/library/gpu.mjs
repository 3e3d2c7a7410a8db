/** NVIDIA graphics cards, as reported by the driver's own tool. */
import { existsSync } from 'node:fs'
import { runQuietly } from '../shell.mjs'

/** @typedef {{ name: string, memoryMb: number, driver: string }} Gpu */

/** @returns {Promise<Gpu[]>} */
export async function findGpus() {
  const outcome = await runQuietly('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'])
  if (!outcome.ok) return []
  return outcome.stdout
    .split('\n')
    .map(line => line.split(',').map(part => part.trim()))
    .filter(parts => parts.length === 3)
    .map(([name = '', memory, driver = '']) => ({ name, memoryMb: Number(memory), driver }))
}

/** Returns true if there is a driver: cheap enough for every start. */
export const hasGpuDriver = () => ['/dev/nvidiactl', '/proc/driver/nvidia/version', '/dev/dxg'].some(path => existsSync(path))
