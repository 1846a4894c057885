import type { CostKind, GateKind, Status, Unit } from '../src/domain/vocabulary.ts'

/**
 * The register of day one, as the review document of 2023 tells it: the table of systems and the paragraph on
 * open business below it. What the document does not say stays unknown. It gives values of October and November
 * and no later ones, so that its readings are as of 2023-11-30: that day is an assumption, and each reading says so.
 */
export const AS_OF = '2023-11-30'

const TABLE = '2023支付总结研讨 · 老系统下线（表）'
const OPEN_BUSINESS = '2023支付总结研讨 · 存量业务（段）'
const ACCOUNTS = '2023支付总结研讨 · 账户2.0（段）'
export const READING_NOTE =
  '文档给出10、11月数值，未注明日期；按 2023-11-30 记。The document gives no day; taken as of 2023-11-30.'

type SeededResidual = {
  key: string
  name: string
  nameEn: string
  unit: Unit
  reading?: string
  declaredRate?: number
  declaredRateOn?: string
  note?: string
  source: string
}

export type SeededSystem = {
  key: string
  name: string
  nameEn: string
  status: Status
  statusReason?: string
  replacement?: string
  note?: string
  source: string
  residuals?: SeededResidual[]
  gates?: { key: string; name: string; nameEn: string; kind: GateKind; note?: string; source: string }[]
  services?: string[]
  costs?: { kind: CostKind; amountFen: string; fromOn?: string; note: string; source: string }[]
  savings?: { kind: CostKind; amountFen?: string; personMonths?: string; note: string; source: string }[]
}

const openOrders = (key: string, nameEn: string): SeededResidual => ({
  key,
  name: key,
  nameEn,
  unit: 'order',
  source: TABLE,
})

export const REGISTER: readonly SeededSystem[] = [
  {
    key: '金融收放款',
    name: '金融收放款',
    nameEn: 'Financial collection and disbursement',
    status: 'retired',
    statusReason: '文档：已下线（未给出日期）',
    source: TABLE,
  },
  {
    key: 'Azkaban',
    name: 'Azkaban',
    nameEn: 'Azkaban (batch jobs)',
    status: 'retired',
    statusReason: '文档：已下线（未给出日期）',
    replacement: 'Hive 数仓',
    source: TABLE,
    residuals: [
      {
        key: '任务',
        name: '任务',
        nameEn: 'Jobs',
        unit: 'job',
        reading: '0',
        note: '下线 azkaban 老任务 170+ 个 · 170+ old jobs taken offline',
        source: '2023支付总结研讨 · Hive数仓（段）',
      },
      {
        key: '老账单报表',
        name: '老账单/报表',
        nameEn: 'Old bills and reports',
        unit: 'report',
        note: '下线老账单/报表 74 个；107 张账单/报表完成迁移。剩余数量文档未给出 · 74 taken offline, 107 migrated; the document does not say how many remain',
        source: '2023支付总结研讨 · Hive数仓（段）',
      },
    ],
    costs: [
      { kind: 'people', amountFen: '20000', note: '老环境维护人力成本由 2万/月', source: TABLE },
      {
        kind: 'people',
        amountFen: '0',
        fromOn: AS_OF,
        note: '降低到 0 元（文档未给出生效日，最迟至此日）',
        source: TABLE,
      },
      { kind: 'machines', amountFen: '70000', note: '服务器成本由 7万/月', source: TABLE },
      {
        kind: 'machines',
        amountFen: '0',
        fromOn: AS_OF,
        note: '降低到 0 元（文档未给出生效日，最迟至此日）',
        source: TABLE,
      },
    ],
  },
  {
    key: '履约0.5',
    name: '履约0.5',
    nameEn: 'Fulfilment 0.5',
    status: 'draining',
    note: '历史存量单未完结（北京、南京、成都、青岛）',
    source: TABLE,
    residuals: [
      openOrders('北京', 'Beijing'),
      openOrders('南京', 'Nanjing'),
      openOrders('成都', 'Chengdu'),
      openOrders('青岛', 'Qingdao'),
    ],
  },
  {
    key: '履约1.0',
    name: '履约1.0',
    nameEn: 'Fulfilment 1.0',
    status: 'draining',
    note: 'pre-escrow（zjjg、uacc、pre-business、pre-escrowfund_account、fund_route）',
    source: TABLE,
    residuals: [
      {
        key: '银行存管单',
        name: '银行存管单',
        nameEn: 'Bank custody orders',
        unit: 'order',
        reading: '3000+',
        note: '3000单+',
        source: OPEN_BUSINESS,
      },
    ],
    gates: [
      {
        key: '商户余额查询',
        name: '商户余额查询',
        nameEn: 'Merchant balance query: waits for the callers to switch',
        kind: 'callers',
        note: '暂时还存在，依赖于调用方切换',
        source: OPEN_BUSINESS,
      },
    ],
    services: ['pre-escrow', 'zjjg', 'uacc', 'pre-business', 'pre-escrowfund_account', 'fund_route'],
  },
  {
    key: '分账1.0',
    name: '分账1.0',
    nameEn: 'Split settlement 1.0',
    status: 'draining',
    note: '二手业务待切量',
    source: TABLE,
    residuals: [openOrders('存量单', 'Open orders')],
    gates: [
      {
        key: '二手业务切量',
        name: '二手业务切量',
        nameEn: 'Traffic cutover of second-hand housing business',
        kind: 'cutover',
        source: TABLE,
      },
    ],
  },
  {
    key: '家家支付',
    name: '家家支付',
    nameEn: 'Jiajia Pay',
    status: 'draining',
    note: '存量履约单，存量的金融业务，装贝和贝用金',
    source: TABLE,
    residuals: [
      openOrders('存量履约单', 'Open fulfilment orders'),
      openOrders('存量金融业务', 'Open financial business'),
      openOrders('装贝', 'Zhuangbei'),
      openOrders('贝用金', 'Beiyongjin'),
    ],
  },
  {
    key: '交易1.0-清结算1.0',
    name: '交易1.0 & 清结算1.0',
    nameEn: 'Trading 1.0 & Clearing 1.0',
    status: 'draining',
    note: '历史存量单未完结，平均10单/月左右',
    source: TABLE,
    residuals: [
      {
        ...openOrders('历史存量单', 'Historical open orders'),
        declaredRate: 10,
        declaredRateOn: AS_OF,
        note: '平均约 10 单/月（文档所述，非读数）',
      },
    ],
    services: [
      'quickpay-cashier',
      'scanpay-batch-match',
      'unionpay-poscasier',
      'unionpay-orderpos-match',
      'unionpay-poscasier-merchant',
    ],
  },
  {
    key: '账户1.0',
    name: '账户1.0',
    nameEn: 'Accounts 1.0',
    status: 'draining',
    replacement: '账户2.0',
    note: '待存量单完结（包括金融、上海德祐）',
    source: TABLE,
    residuals: [
      {
        key: '金融还款保',
        name: '金融还款保',
        nameEn: 'Repayment guarantee',
        unit: 'order',
        reading: '54',
        declaredRate: 0,
        declaredRateOn: AS_OF,
        note: '54单 无变化',
        source: OPEN_BUSINESS,
      },
      {
        key: '金融收款保',
        name: '金融收款保',
        nameEn: 'Collection guarantee',
        unit: 'order',
        reading: '95',
        declaredRate: 0,
        declaredRateOn: AS_OF,
        note: '95单 无变化',
        source: OPEN_BUSINESS,
      },
      {
        key: '上海德祐',
        name: '上海德祐',
        nameEn: 'Shanghai Deyou',
        unit: 'order',
        reading: '968',
        note: '968单',
        source: OPEN_BUSINESS,
      },
    ],
    services: ['ehomepay_core', 'aggregate-account', 'account-bills-verification', 'wallet-account-center'],
    savings: [
      { kind: 'machines', amountFen: '8106', note: '账户2.0 预计每月节省机器资源成本', source: ACCOUNTS },
      { kind: 'people', personMonths: '8', note: '账户2.0 预计每月节省人力 8人/月', source: ACCOUNTS },
    ],
  },
  {
    key: 'OP',
    name: 'OP',
    nameEn: 'OP (operations console)',
    status: 'migrating',
    replacement: 'Boss',
    note: '按功能迁移Boss中',
    source: TABLE,
    residuals: [
      {
        key: '未迁移功能',
        name: '未迁移到 Boss 的功能',
        nameEn: 'Functions not yet moved to Boss',
        unit: 'function',
        source: TABLE,
      },
    ],
    gates: [
      {
        key: 'OP操作',
        name: 'OP 操作',
        nameEn: 'OP operations: wait for the callers to switch',
        kind: 'callers',
        note: '依赖于调用方切换',
        source: OPEN_BUSINESS,
      },
    ],
  },
]
