import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Graph } from '@viz-js/viz'

/** What Graphviz says of a graph: boxes and curves in points, from the lower left corner. */
export type Drawn = {
  bb: string
  objects?: { _gvid: number; name: string; pos: string }[]
  edges?: { tail: number; head: number; pos: string }[]
}

const PATIENCE = 2_000
const HANGS = 20_000
const KEPT = 200

const kept = new Map<string, Promise<Drawn | null>>()

/**
 * Where everything stands, worked out once for each graph. Null when Graphviz fails, or is not there within two
 * seconds: the page then stands without its picture, and a later one may find it finished.
 */
export async function layoutOf(graph: Graph): Promise<Drawn | null> {
  const key = createHash('sha256').update(JSON.stringify(graph)).digest('base64')
  let drawing = kept.get(key)
  if (!drawing) {
    drawing = draw(graph)
    kept.set(key, drawing)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
    void drawing.then(drawn => drawn ?? kept.delete(key))
  }
  return withinPatience(drawing)
}

async function withinPatience(drawing: Promise<Drawn | null>): Promise<Drawn | null> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<null>(resolve => {
    timer = setTimeout(resolve, PATIENCE, null)
  })
  const drawn = await Promise.race([drawing, tooLate])
  clearTimeout(timer)
  return drawn
}

type Painter = { worker: Worker; waiting: Map<number, (drawn: Drawn | null) => void> }

let painter: Painter | null = null
let jobs = 0

/** The thread starts with the first picture that anybody asks for, and does not keep the process alive. */
function draw(graph: Graph): Promise<Drawn | null> {
  painter ??= startPainter()
  const { worker, waiting } = painter
  const job = ++jobs
  const { promise, resolve } = Promise.withResolvers<Drawn | null>()
  const hanging = setTimeout(() => void worker.terminate(), HANGS).unref()
  waiting.set(job, drawn => {
    clearTimeout(hanging)
    waiting.delete(job)
    resolve(drawn)
  })
  worker.postMessage({ job, graph })
  return promise
}

function startPainter(): Painter {
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url))
  const started: Painter = { worker, waiting: new Map() }
  worker.unref()
  worker.on('message', ({ job, drawn }: { job: number; drawn: Drawn | null }) => {
    started.waiting.get(job)?.(drawn)
  })
  worker.on('error', () => giveUp())
  worker.on('exit', () => giveUp())
  return started

  function giveUp() {
    if (painter === started) painter = null
    for (const answer of [...started.waiting.values()]) answer(null)
  }
}
