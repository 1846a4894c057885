/** Where things are found. The page of a thing is its address without `/api/v1`. */

const API = '/api/v1'

export const systemHref = (key: string) => `${API}/systems/${encodeURIComponent(key)}`
export const residualHref = (id: number) => `${API}/residuals/${id}`
export const serviceHref = (key: string) => `${API}/services/${encodeURIComponent(key)}`
export const planHref = (id: number) => `${API}/plans/${id}`
