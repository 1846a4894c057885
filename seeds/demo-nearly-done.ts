import type { DemoSystem } from './demo-types.ts'

/** Simulated systems at the end of their course, or stuck on it. Every name is invented. */
export const NEARLY_DONE: readonly DemoSystem[] = [
  {
    key: 'venus-recon',
    name: '金星对账',
    nameEn: 'Venus Reconciliation',
    owner: '慕容彗',
    replacement: '银河对账',
    target: -10,
    status: 'draining',
    since: 390,
    residuals: [
      {
        key: '差错单',
        name: '对账差错单',
        nameEn: 'Reconciliation differences',
        unit: 'order',
        course: [
          [365, 1420],
          [220, 610],
          [120, 190],
          [40, 17],
          [29, 0],
          [1, 0],
        ],
      },
      {
        key: '差异报表',
        name: '差异报表',
        nameEn: 'Difference reports',
        unit: 'report',
        course: [
          [365, 12],
          [160, 5],
          [57, 0],
          [1, 0],
        ],
      },
    ],
    gates: [
      {
        key: '归档',
        name: '三年流水归档',
        nameEn: 'Three years of entries archived',
        kind: 'retention',
        closed: { on: 34, evidence: '归档校验 SIM-A-302（模拟）' },
      },
      {
        key: '会签',
        name: '财务会签',
        nameEn: 'Finance sign-off',
        kind: 'approval',
        closed: { on: 12, evidence: '财务邮件确认（模拟）', expires: -180 },
      },
    ],
    costs: [
      { kind: 'people', yuan: 16_000 },
      { kind: 'machines', yuan: 28_000 },
      { kind: 'other', yuan: 0 },
    ],
  },
  {
    key: 'pluto-reports',
    name: '冥王星报表',
    nameEn: 'Pluto Reports',
    owner: 'Luna Sample',
    target: -120,
    status: 'draining',
    since: 395,
    residuals: [
      {
        key: '报表',
        name: '仍有人看的报表',
        nameEn: 'Reports still read',
        unit: 'report',
        declaredRate: 4,
        course: [
          [365, 74],
          [97, 31],
          [1, 31],
        ],
      },
      {
        key: '归档任务',
        name: '归档任务',
        nameEn: 'Archive jobs',
        unit: 'job',
        note: '老调度无清单，尚未盘点',
      },
    ],
    gates: [
      { key: '下架公告', name: '报表下架公告', nameEn: 'Notice to readers', kind: 'other', closes: -15 },
    ],
  },
  {
    key: 'asteroid-merchants',
    name: '小行星商户',
    nameEn: 'Asteroid Merchants',
    owner: 'Orion Doe',
    replacement: '银河商户',
    target: 15,
    status: 'draining',
    since: 405,
    residuals: [
      {
        key: '待结算单',
        name: '待结算单',
        nameEn: 'Orders awaiting settlement',
        unit: 'order',
        qualifier: 'about',
        course: [
          [365, 2600],
          [210, 1900],
          [1, 860],
        ],
      },
      {
        key: '商户账户',
        name: '未销商户账户',
        nameEn: 'Merchant accounts not closed',
        unit: 'account',
        declaredRate: 25,
        declaredZero: -80,
        course: [
          [365, 380],
          [1, 118],
        ],
      },
      {
        key: '保证金',
        name: '保证金退还单',
        nameEn: 'Deposits to be returned',
        unit: 'order',
        declaredRate: 0,
        course: [
          [365, 46],
          [1, 46],
        ],
        every: 42,
      },
    ],
    gates: [
      {
        key: '销户函',
        name: '商户销户函收齐',
        nameEn: 'Closing letters received',
        kind: 'callers',
        closes: 8,
      },
    ],
    costs: [{ kind: 'machines', yuan: 33_500 }],
  },
]
