/** Files above the length at which the house asks whether they are one concept, each with the answer. */
export const askAbove = 250

export const reasons: Readonly<Record<string, string>> = {
  'src/dataset/dataset.ts':
    'one interface that users read as a whole: methods of one to three lines, most of the file is their documentation',
  'src/graph/function-compiler.ts': 'one class: the ways that a call can go, which share what is known of the function',
  'src/pipeline/pipeline.ts':
    'one class that users read as a whole, and the types that its methods return: methods of one to three lines, most of the file is their documentation',
  'src/pipeline/runnable.ts':
    'one interface that users read as a whole: methods of one to three lines, most of the file is their documentation',
}
