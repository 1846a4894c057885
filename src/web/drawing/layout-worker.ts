import { parentPort } from 'node:worker_threads'
import { type Graph, instance } from '@viz-js/viz'

/** Graphviz in a thread of its own: it takes its time, and the pages of other people go on meanwhile. */

const viz = await instance()

parentPort!.on('message', ({ job, graph }: { job: number; graph: Graph }) => {
  try {
    parentPort!.postMessage({ job, drawn: viz.renderJSON(graph, { engine: 'dot' }) })
  } catch (error) {
    parentPort!.postMessage({ job, drawn: null, trouble: String(error) })
  }
})
