import { mkdirSync } from 'node:fs'
import { expect } from 'chai'
import { CheckpointStore } from '../../../src/experiment/checkpoint/store.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

describe('CheckpointStore', () => {
  const folders = temporaryFolder()
  after(() => folders.remove())

  it('lists checkpoints from the newest: by rounds, then by turns of the round under way', async () => {
    for (const name of ['00000005', '00000005-1', '00000005-2', '00000005-10', '00000010', '00000009-3', '.00000011.partial-7'])
      mkdirSync(folders.in(`checkpoints/${name}`), { recursive: true })
    const listed = await new CheckpointStore(folders.path).list()
    expect(listed.map(({ round, turn }) => [round, turn])).to.deep.equal([
      [10, 0],
      [9, 3],
      [5, 10],
      [5, 2],
      [5, 1],
      [5, 0],
    ])
  })
})
