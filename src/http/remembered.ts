/**
 * What follows from one object, worked out once for it and forgotten with it. So an answer is never older than what it
 * was made of, whether a change, a day or another forecast has put a new object in its place. What failed is not kept.
 */
export function remembered<Of extends object, Answer>(): (of: Of, work: () => Answer) => Answer {
  const answers = new WeakMap<Of, { answer: Answer }>()
  return (of, work) => {
    const known = answers.get(of)
    if (known) return known.answer
    const answer = work()
    answers.set(of, { answer })
    if (answer instanceof Promise) answer.catch(() => answers.delete(of))
    return answer
  }
}
