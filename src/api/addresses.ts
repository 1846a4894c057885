import { planPath, servicePath, systemPath } from '../http/addresses.ts'

/** Where things are found: the page of a thing is its address without `/api/v1`. */

const API = '/api/v1'

export const systemHref = (key: string) => API + systemPath(key)
export const residualHref = (id: number) => `${API}/residuals/${id}`
export const roundHref = (revision: number) => `${API}/rounds/${revision}`
export const serviceHref = (key: string) => API + servicePath(key)
export const planHref = (id: number) => API + planPath(id)
