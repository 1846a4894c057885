import { keepPlan, withdrawPlan } from '../../actions/plans.ts'
import { NotFound } from '../../actions/refusal.ts'
import { planPath } from '../../http/addresses.ts'
import type { Plan } from '../../store/nouns.ts'
import { findThing } from '../../store/places.ts'
import { listPlans } from '../../store/plans.ts'
import type { Form } from '../form.ts'
import type { Answer, Visit } from '../visit.ts'
import { idOf } from '../withdrawal-forms.ts'

/** All plans that were kept, the newest first. */
export async function plansPage({ context, t }: Visit): Promise<Answer> {
  const plans = await listPlans(context.db)
  const named = Map.groupBy(plans, ({ name }) => name)
  const it = {
    rows: plans.map(plan => ({
      ...plan,
      isOneOfMany: (named.get(plan.name)?.length ?? 0) > 1,
      href: planPath(plan.id),
      withdrawn: plan.withdrawnOn
        ? t('keptPlan.wasWithdrawn', { day: plan.withdrawnOn, reason: plan.withdrawnReason })
        : null,
    })),
  }
  return { view: 'plans/index', title: t('keptPlan.title'), section: 'shutdown', it }
}

export async function keepPlanForm({ context, t, today }: Visit): Promise<Form> {
  return {
    heading: t('keptPlan.keep'),
    about: t('keptPlan.keepAbout', { day: today }),
    submit: t('keptPlan.keepSubmit'),
    confirm: t('keptPlan.keepAgain'),
    back: '/plans',
    section: 'shutdown',
    fields: [
      { name: 'name', kind: 'text', isRequired: true },
      { name: 'note', kind: 'long' },
    ],
    values: { name: t('keptPlan.nameOf', { day: today }) },
    act: async typed => planPath(await keepPlan(context, typed)),
  }
}

export async function withdrawPlanForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const plan = await getPlan(visit)
  return {
    heading: t('withdrawal.heading', { label: plan.name }),
    about: t('keptPlan.withdrawAbout'),
    submit: t('withdrawal.submit'),
    back: planPath(plan.id),
    section: 'shutdown',
    version: plan.version,
    fields: [{ name: 'reason', kind: 'long', isRequired: true }],
    values: {},
    act: async typed => {
      await withdrawPlan(context, plan.id, typed)
      return planPath(plan.id)
    },
  }
}

/** The plan that the address names, without its landscape. Throws NotFound. */
export async function getPlan(visit: Visit): Promise<Plan> {
  const id = idOf(visit, 'plan')
  const plan = await findThing(visit.context.db, 'plan', id)
  if (!plan) throw new NotFound('plan', id)
  return plan
}
