/** A system that lets a process open few files fails wherever the next one is opened, under many names. */

/** Node.js alone loads more than a hundred modules at once. */
const needed = 256

/** What to say if an error may come from too few open files; undefined if they are enough. */
export function tooFewFiles(error: unknown): string | undefined {
  const soft = openFilesLimit()
  const isSaid = ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '')
  if (!isSaid && (soft === undefined || soft >= needed)) return undefined
  const seen = `ulimit -n is ${soft ?? 'unknown'}; ${error instanceof Error ? error.message.split('\n')[0] : error}`
  return `too few files can be opened\n  = seen: ${seen}\n  = help: Allow at least ${needed}, e.g. ulimit -n 1024, then the same command again`
}

function openFilesLimit(): number | undefined {
  const { userLimits } = process.report.getReport() as unknown as {
    readonly userLimits?: { readonly open_files?: { readonly soft: unknown } }
  }
  const soft = userLimits?.open_files?.soft
  return soft === undefined ? undefined : soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}
