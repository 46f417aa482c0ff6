"""The parts of a profile: certificates, posts, what was received, staff, budgets and the rest.

Every fact is declared once, beside its field: label, question, and the Chinese names under
which it is accepted.
"""

from typing import ClassVar, Final

from sgincentive.facts import checks
from sgincentive.facts import types as t
from sgincentive.facts.model import Check, Part, fact

CNY: Final = "CNY"
CNY_MONTH: Final = "CNY per month"
PERSONS: Final = "persons"
YEARS: Final = "years"


class Certificate(Part):
    """One certificate of a worker."""

    check: ClassVar[Check | None] = checks.certificate

    level: t.LevelOrNone = fact(
        ("证书级别", "level of the certificate"),
        (
            "证书是哪一级：助理社会工作师、社会工作师还是高级社会工作师？",
            "Which level is the certificate: assistant, social worker or senior?",
        ),
        "级别",
        "职业水平级别",
        null=("不是全国证书，没有级别", "not a national certificate, so it has no level"),
    )
    kind: t.CertificateKind = fact(
        ("证书种类", "kind of certificate"),
        (
            "是全国社会工作者职业水平证书，还是地方或其他证书？",
            "Is it the national social worker certificate, or a local or other one?",
        ),
        "种类",
    )
    grade: t.Words = fact(
        ("证书等级", "grade of a local certificate"),
        (
            "地方或其他证书上写明的等级是什么？",
            "Which grade does the local or other certificate state?",
        ),
        "等级",
    )
    issued_division: t.Place = fact(
        ("发证地", "place that issued the certificate"),
        ("地方证书由哪里颁发？", "Which place issued the local certificate?"),
        "颁发地",
    )
    issued_level: t.AuthorityLevel = fact(
        ("证书评定级别", "level at which the certificate was granted"),
        (
            "证书或资格由哪一级评定（国家、省、市、县）？",
            "At which level was the certificate or title granted (national, province, city, ...)?",
        ),
        "颁发层级",
        "评定层级",
    )
    exam_year: t.Year = fact(
        ("考试年度", "exam year"),
        (
            "首次取得这一级别是通过哪一年的考试（高级为评审）？",
            "In which year was the exam (or senior review) by which this level was first obtained?",
        ),
        "考试年份",
        "评审年度",
    )
    obtained: t.Day = fact(
        ("取得日期", "date on the certificate"),
        ("证书上的取得日期（批准日期）是哪一天？", "What is the date on the certificate?"),
        "取证日期",
        "取得时间",
        "批准日期",
        "发证日期",
    )
    collected: t.Day = fact(
        ("领取日期", "date of receipt"),
        ("哪一天领到证书？", "On which day was the certificate collected or received?"),
        "领证日期",
    )
    exam_division: t.Place = fact(
        ("核查地点", "place of the exam registration check"),
        ("报考时的报名资格核查地点是哪里？", "Where was the exam registration checked?"),
        "考试核查地",
        "报考地",
        "考试地",
        "报名地",
    )
    review_division: t.Place = fact(
        ("评审地", "place of the senior review"),
        ("高级社会工作师在哪里参加评审？", "Where was the review for the senior level held?"),
        "高级评审地",
    )
    registered_division: t.Place = fact(
        ("登记地", "place of registration"),
        ("证书在哪里登记？", "Where is the certificate registered?"),
        "证书登记地",
        "登记地点",
        "注册地",
    )
    registered: t.Day = fact(
        ("登记日期", "date of registration"),
        ("哪一天完成证书登记？", "On which day was the registration of the certificate completed?"),
        "证书登记日期",
        "登记时间",
    )
    registered_until: t.Day = fact(
        ("登记有效期", "last day of the registration"),
        ("证书登记有效到哪一天？", "Until which day is the registration valid?"),
        "登记有效期至",
    )
    registered_via: t.Channel = fact(
        ("登记途径", "channel of registration"),
        (
            "证书登记是个人办理，还是通过社工机构、村（社区）或单位办理？",
            "Was it registered on one's own, or through an agency, a community or an employer?",
        ),
        "登记渠道",
    )
    exam_via: t.Channel = fact(
        ("报考途径", "channel of the exam registration"),
        (
            "报考是个人报名，还是通过社工机构、村（社区）或单位报名？",
            "Was the exam signed up for on one's own, or through an agency, a community or others?",
        ),
        "报名途径",
        "报考渠道",
    )


class Post(Part):
    """One spell of work in one post."""

    check: ClassVar[Check | None] = checks.post

    role: t.Role = fact(
        ("岗位类型", "role"),
        (
            "从事哪一类岗位（如社区工作者、社工机构社会工作者）？",
            "Which kind of post is it (community worker, social worker of an agency, ...)?",
        ),
        "岗位",
        "人员类别",
        "身份",
    )
    division: t.Place = fact(
        ("工作地", "place of work"),
        ("在哪个行政区划工作？", "In which division is the work done?"),
        "工作地点",
        "工作单位所在地",
    )
    start: t.Day = fact(
        ("到岗日期", "first day in the post"),
        ("从哪一天开始在这个岗位工作？", "On which day did the work in this post begin?"),
        "入职日期",
        "开始日期",
        "上岗日期",
    )
    end: t.DayOrNone = fact(
        ("离岗日期", "last day in the post"),
        (
            "这个岗位工作到哪一天（仍在岗写 null）？",
            "What was the last day in this post (null if still in it)?",
        ),
        "离职日期",
        "结束日期",
        null=("仍在岗", "still in the post"),
    )
    establishment: t.Establishment = fact(
        ("编制类型", "establishment"),
        (
            "属于合同制、事业编制、公务员、参公管理还是国有企业人员？",
            "Is the person on contract, on the establishment of a public institution, "
            "a civil servant, managed as one, or staff of a state-owned enterprise?",
        ),
        "编制",
        "用工形式",
    )
    employer_kind: t.EmployerKind = fact(
        ("单位类型", "kind of employer"),
        (
            "用人单位属于哪一类（社工机构、村（社区）、事业单位等）？",
            "What kind of employer is it (social-work agency, community, public institution, ...)?",
        ),
        "单位性质",
        "用人单位类型",
    )
    employer: t.Words = fact(
        ("工作单位", "employer"),
        ("工作单位叫什么？", "What is the name of the employer?"),
        "用人单位",
        "单位名称",
        "单位",
    )
    employer_division: t.Place = fact(
        ("单位注册地", "place where the employer is registered"),
        ("用人单位在哪里登记注册？", "Where is the employer registered?"),
        "单位登记地",
    )
    employer_system: t.EmployerSystem = fact(
        ("单位所属系统", "branch of public service that the employer belongs to"),
        (
            "用人单位属于哪个系统（如民政、教育、卫生健康、工会）？",
            "To which branch does the employer belong (civil affairs, education, health, ...)?",
        ),
        "所属系统",
        "系统",
    )
    employer_level: t.AuthorityLevel = fact(
        ("单位隶属层级", "level that the employer belongs to"),
        (
            "用人单位隶属哪一级（中央、省、市、县、乡镇）？",
            "To which level does the employer belong (national, province, city, county, township)?",
        ),
        "单位层级",
        "隶属关系",
    )
    social_work: t.Flag = fact(
        ("从事社会工作", "does social work"),
        ("是否从事专业社会工作服务？", "Does the person do professional social work in this post?"),
        "是否从事社会工作",
        "社会工作岗位",
    )
    frontline: t.Flag = fact(
        ("一线岗位", "front-line post"),
        ("是否为一线服务岗位？", "Is it a front-line post?"),
        "一线",
        "是否一线",
    )
    service_kind: t.ServiceKind = fact(
        ("服务领域", "field of service"),
        ("在哪个领域提供服务？", "In which field is the service given?"),
        "服务类别",
    )
    engaged_level: t.LevelOrNone = fact(
        ("聘任级别", "level for which the employer has engaged the person"),
        (
            "单位按哪一级别聘任（未聘任写 null）？",
            "For which level has the employer engaged the person (null if for none)?",
        ),
        "聘任等级",
        "聘用级别",
        null=("未按级别聘任", "not engaged for any level"),
    )
    full_time: t.Flag = fact(
        ("专职", "full time"),
        ("是否全日制专职工作？", "Is it full-time work?"),
        "全职",
        "是否专职",
        "是否全职",
    )
    contract: t.Flag = fact(
        ("签订劳动合同", "labour contract"),
        ("是否签订劳动合同或服务协议？", "Is there a labour contract or service agreement?"),
        "劳动合同",
        "是否签订劳动合同",
    )
    contract_party: t.EmployerKind = fact(
        ("合同签订方", "party to the contract"),
        (
            "合同与哪一类单位签订（如街道（乡镇））？",
            "With which kind of body is the contract signed (for example the subdistrict office)?",
        ),
        "签订合同单位",
    )
    grade: t.Count = fact(
        ("岗位等级", "wage grade"),
        ("现在执行第几级薪级（岗位等级）？", "Which wage grade applies to the post?"),
        "薪级",
        "等级",
        unit="grade",
    )
    grade_coefficient: t.Number = fact(
        ("等级系数", "grade coefficient"),
        ("岗位等级系数是多少？", "What is the coefficient of the grade?"),
        "岗位等级系数",
    )
    pay_coefficient: t.Number = fact(
        ("薪酬系数", "pay coefficient"),
        ("薪酬系数是多少？", "What is the pay coefficient?"),
        "工资系数",
    )
    area_coefficient: t.Number = fact(
        ("地区系数", "area coefficient"),
        ("所在地区的系数是多少？", "What is the coefficient of the area?"),
    )
    wage: t.Money = fact(
        ("月工资", "monthly wage"),
        ("每月应发工资是多少元？", "What is the gross wage a month, in yuan?"),
        "工资",
        "月薪",
        unit=CNY_MONTH,
    )
    probation: t.Flag = fact(
        ("试用期", "on probation"),
        ("是否在试用期（见习期）？", "Is the person on probation?"),
        "见习期",
        "是否试用期",
    )
    elected: t.Flag = fact(
        ("选举产生", "elected"),
        ("是否依法选举产生？", "Was the person elected to the post?"),
        "是否选举产生",
        "当选",
    )
    elected_role: t.ElectedRoleOrNone = fact(
        ("当选职务", "elected office"),
        ("当选哪个职务（没有写 null）？", "To which office was the person elected (null if none)?"),
        "选任职务",
        null=("没有当选职务", "no elected office"),
    )
    position: t.Position = fact(
        ("职务层次", "position"),
        (
            "属于正职、副职、委员还是一般工作人员？",
            "Is it a principal, a deputy, a member or ordinary staff?",
        ),
        "职务",
    )
    recruited_via: t.Recruitment = fact(
        ("招录方式", "way of recruitment"),
        (
            "通过什么方式进入这个岗位（公开招聘、选举等）？",
            "How was the person recruited (open recruitment, election, ...)?",
        ),
        "招聘方式",
        "聘用方式",
    )
    supervision: t.Flag = fact(
        ("督导岗位", "supervision post"),
        ("是否在督导岗位？", "Is it a supervision post?"),
        "是否督导岗位",
    )
    area_tier: t.Words = fact(
        ("地区类别", "tier of the area"),
        (
            "工作地属于政策划分的哪一类地区？",
            "To which tier of areas does the place of work belong, in the words of the scheme?",
        ),
        "地区档次",
        "区域类别",
    )
    community_kind: t.CommunityKind = fact(
        ("社区类别", "kind of community"),
        (
            "所在社区是城市社区、城镇社区、村改居还是农村社区？",
            "Is the community urban, of a town, a village turned community, or rural?",
        ),
        "社区类型",
    )
    community_honour: t.AuthorityLevelOrNone = fact(
        ("示范社区级别", "level at which the community is a model community"),
        (
            "所在社区是哪一级的示范社区（不是写 null）？",
            "At which level is the community a model community (null if it is none)?",
        ),
        "和谐示范社区级别",
        null=("不是示范社区", "no model community"),
    )
    party_star: t.Count = fact(
        ("党组织星级", "stars of the party organisation"),
        (
            "所在社区党组织被评为几星？",
            "How many stars has the party organisation of the community?",
        ),
        "社区党组织星级",
        unit="stars",
    )
    insured_months: t.Months = fact(
        ("单位参保月数", "months insured by the employer"),
        (
            "在该单位缴纳社会保险满几个月？",
            "For how many months has this employer paid social insurance?",
        ),
        "参保月数",
        "社保月数",
        unit="months",
    )


class Exam(Part):
    """One exam of a worker, passed or not."""

    level: t.Level = fact(
        ("报考级别", "level of the exam"),
        ("报考的是哪一级别？", "Which level was the exam for?"),
        "级别",
    )
    year: t.Year = fact(
        ("考试年度", "year of the exam"),
        ("哪一年参加考试？", "In which year was the exam?"),
        "年度",
        "考试年份",
    )
    division: t.Place = fact(
        ("核查地点", "place of the exam registration check"),
        ("这次报考的核查地点是哪里？", "Where was this exam registration checked?"),
        "考试地",
        "报考地",
    )
    via: t.Channel = fact(
        ("报考途径", "channel of the exam registration"),
        ("这次报考通过什么途径？", "Through which channel was this exam signed up for?"),
        "报名途径",
    )
    sat: t.Flag = fact(
        ("参加考试", "sat the exam"),
        ("是否实际参加考试？", "Did the person sit the exam?"),
        "是否参加考试",
    )
    passed: t.Flag = fact(
        ("考试通过", "passed the exam"),
        ("是否通过考试？", "Was the exam passed?"),
        "是否通过",
    )


class Appraisal(Part):
    """One appraisal of a worker."""

    year: t.Year = fact(
        ("考核年度", "year appraised"),
        ("考核的是哪一年度？", "Which year does the appraisal cover?"),
        "年度",
    )
    half: t.Count = fact(
        ("考核半年", "half of the year appraised"),
        (
            "考核的是上半年（1）还是下半年（2）？",
            "Is it the first (1) or the second (2) half of the year?",
        ),
        "半年",
    )
    result: t.AppraisalResult = fact(
        ("考核结果", "result of the appraisal"),
        (
            "考核结果是什么（优秀、合格、基本合格、不合格）？",
            "What was the result (excellent, good, qualified, basic, failed)?",
        ),
        "考核等次",
        "结果",
    )


class Education(Part):
    """One course of education of a worker."""

    check: ClassVar[Check | None] = checks.education

    degree: t.Degree = fact(
        ("学历", "degree"),
        (
            "是什么学历（高中、大专、本科、硕士、博士）？",
            "Which degree is it (high school, junior college, bachelor, master, doctor)?",
        ),
        "文化程度",
        "学位",
    )
    major_social_work: t.Flag = fact(
        ("社会工作专业", "degree in social work"),
        ("所学是否社会工作专业？", "Is the degree in social work?"),
        "是否社会工作专业",
        "社工专业",
    )
    full_time: t.Flag = fact(
        ("全日制", "full-time course"),
        ("是否全日制学历？", "Was it a full-time course?"),
        "是否全日制",
    )
    degree_awarded: t.Flag = fact(
        ("取得学位证", "degree awarded beside the diploma"),
        ("除毕业证外是否取得学位证？", "Was a degree awarded beside the diploma?"),
        "学位证",
    )
    enrolled: t.Day = fact(
        ("入学日期", "date of enrolment"),
        ("哪一天入学？", "On which day did the course begin?"),
        "入学时间",
    )
    graduated: t.DayOrNone = fact(
        ("毕业日期", "date of graduation"),
        (
            "哪一天毕业（在读写 null）？",
            "On which day did the person graduate (null if still enrolled)?",
        ),
        "毕业时间",
        null=("在读", "still enrolled"),
    )


class Honour(Part):
    """One honour or talent title of a worker."""

    check: ClassVar[Check | None] = checks.spell

    kind: t.HonourKind = fact(
        ("荣誉种类", "kind of honour"),
        ("获得哪一类荣誉或人才称号？", "Which kind of honour or title is it?"),
        "称号",
        "荣誉类型",
    )
    title: t.Words = fact(
        ("荣誉名称", "name of the honour"),
        ("荣誉的全称是什么？", "What is the full name of the honour?"),
        "名称",
    )
    division: t.Place = fact(
        ("授予地", "place that granted the honour"),
        ("由哪个地方授予？", "Which place granted it?"),
        "评选地",
    )
    level: t.AuthorityLevel = fact(
        ("荣誉级别", "level of the honour"),
        (
            "是国家级、省级、市级还是县级荣誉？",
            "Is it a national, provincial, city or county honour?",
        ),
        "级别",
    )
    start: t.Day = fact(
        ("授予日期", "date of the honour"),
        ("哪一天授予？", "On which day was it granted?"),
        "获得日期",
        "评选日期",
    )
    end: t.DayOrNone = fact(
        ("荣誉到期日期", "last day of the honour"),
        (
            "管理期到哪一天为止（没有期限写 null）？",
            "Until which day does its term run (null if without end)?",
        ),
        "到期日期",
        "管理期满",
        null=("没有期限", "without end"),
    )


class Fee(Part):
    """One fee that a worker paid."""

    kind: t.FeeKind = fact(
        ("费用种类", "kind of fee"),
        (
            "是什么费用（报名费、培训费、交通费等）？",
            "What was the fee for (exam, training, travel, ...)?",
        ),
        "种类",
    )
    amount: t.Money = fact(
        ("费用金额", "amount of the fee"),
        ("实际支付多少元？", "How much was paid, in yuan?"),
        "金额",
        unit=CNY,
    )
    paid: t.Day = fact(
        ("支付日期", "date of payment"),
        ("哪一天支付？", "On which day was it paid?"),
        "缴费日期",
    )
    receipt: t.Flag = fact(
        ("有票据", "receipt kept"),
        ("是否有发票或收据？", "Is there an invoice or a receipt?"),
        "发票",
        "票据",
    )
    level: t.Level = fact(
        ("对应级别", "level of the exam concerned"),
        ("这笔费用对应哪一级别的考试？", "For which level of the exam was it paid?"),
        "级别",
    )
    exam_year: t.Year = fact(
        ("对应考试年度", "exam year concerned"),
        ("这笔费用对应哪一年的考试？", "For the exam of which year was it paid?"),
        "考试年度",
    )


class Received(Part):
    """One entry of the ledger: what was received, applied for or refused before."""

    scheme: t.Words = fact(
        ("政策项目", "scheme"),
        ("这笔款项来自哪个政策项目（编号）？", "From which scheme (its id) did the payment come?"),
        "项目编号",
        "政策",
    )
    issuer: t.Words = fact(
        ("发放机关", "issuer"),
        ("由哪个机关发放？", "Which authority granted it?"),
        "发文机关",
        "发放单位",
    )
    division: t.Place = fact(
        ("发放地", "place of the issuer"),
        ("由哪个地方发放？", "Which place granted it?"),
        "发放地区",
    )
    kind: t.BenefitKind = fact(
        ("待遇种类", "kind of benefit"),
        (
            "是一次性奖励、按月津贴还是其他待遇？",
            "Was it a one-off reward, a monthly allowance or another benefit?",
        ),
        "种类",
    )
    level: t.Level = fact(
        ("领取级别", "level it was paid for"),
        ("按哪一级别领取？", "For which level was it paid?"),
        "级别",
        "证书级别",
    )
    exam_year: t.Year = fact(
        ("领取对应考试年度", "exam year it was paid for"),
        ("对应哪一年取得的证书？", "For the certificate of which exam year was it paid?"),
        "考试年度",
    )
    key: t.Words = fact(
        ("领取项目档次", "row it was paid for"),
        (
            "对应政策中的哪一档（如满 10 年）？",
            "For which row of the scheme was it paid (for example 10 years)?",
        ),
        "档次",
    )
    period: t.Period = fact(
        ("所属期间", "period it was paid for"),
        (
            "属于哪一年度或月份（如 2024 或 2024-03）？",
            "For which year or month was it paid (2024 or 2024-03)?",
        ),
        "期间",
        "所属月份",
        "所属年度",
    )
    amount: t.Money = fact(
        ("领取金额", "amount received"),
        ("领取了多少元？", "How much was received, in yuan?"),
        "金额",
        "发放金额",
        unit=CNY,
    )
    paid: t.Day = fact(
        ("发放日期", "date of payment"),
        ("哪一天发放？", "On which day was it paid?"),
        "领取日期",
        "到账日期",
    )
    status: t.LedgerStatus = fact(
        ("领取状态", "status"),
        (
            "是已申请、已批准、已发放还是未批准（不写即已发放）？",
            "Is it applied for, granted, paid or refused (paid where it is left out)?",
        ),
        "状态",
    )


class Statistic(Part):
    """One outside figure, such as an average wage."""

    check: ClassVar[Check | None] = checks.statistic

    kind: t.StatisticKind = fact(
        ("统计指标", "figure"),
        ("是哪一项统计指标（如平均工资）？", "Which figure is it (for example the average wage)?"),
        "指标",
    )
    division: t.Place = fact(
        ("统计地区", "place of the figure"),
        ("是哪个地区的数据？", "Of which place is the figure?"),
        "地区",
    )
    year: t.Year = fact(
        ("统计年度", "year of the figure"),
        ("是哪一年度的数据？", "Of which year is the figure?"),
        "年度",
    )
    value: t.Number = fact(
        ("统计数值", "value of the figure"),
        ("数值是多少？", "What is the value?"),
        "数值",
    )


class InsuranceSpell(Part):
    """One spell of social insurance at one base."""

    check: ClassVar[Check | None] = checks.spell

    kind: t.InsuranceKind = fact(
        ("险种", "kind of insurance"),
        ("是哪一种社会保险？", "Which social insurance is it?"),
    )
    division: t.Place = fact(
        ("参保地", "place of insurance"),
        ("在哪里参保？", "Where was it paid?"),
    )
    start: t.Day = fact(
        ("参保开始日期", "first day insured"),
        ("从哪一天开始缴纳？", "From which day was it paid?"),
        "开始日期",
    )
    end: t.DayOrNone = fact(
        ("参保结束日期", "last day insured"),
        ("缴纳到哪一天（仍在缴纳写 null）？", "Until which day was it paid (null if it still is)?"),
        "结束日期",
        null=("仍在缴纳", "still paid"),
    )
    base: t.Money = fact(
        ("缴费基数", "insurance base"),
        ("每月缴费基数是多少元？", "What is the monthly base, in yuan?"),
        "社保基数",
        unit=CNY_MONTH,
    )


class StaffTotals(Part):
    """Staff as head counts. A person may stand in several of them."""

    check: ClassVar[Check | None] = checks.totals

    total: t.Count = fact(
        ("工作人员总数", "all staff"),
        ("工作人员一共多少人？", "How many staff are there in all?"),
        "总人数",
        "人员总数",
        "总数",
        unit=PERSONS,
    )
    professionals: t.Count = fact(
        ("社会工作专业人员数", "social-work professionals"),
        ("其中社会工作专业人员多少人？", "How many of them are social-work professionals?"),
        "专业人员数",
        "社工专业人才数",
        "专业人员",
        unit=PERSONS,
    )
    social_workers: t.Count = fact(
        ("持证社会工作者数", "certified social workers"),
        (
            "其中持有社会工作者职业水平证书的多少人？",
            "How many of them hold a social worker certificate?",
        ),
        "持证人数",
        "持证社工数",
        "社会工作者人数",
        unit=PERSONS,
    )
    assistants: t.Count = fact(
        ("助理社会工作师人数", "assistant social workers"),
        ("其中助理社会工作师多少人？", "How many hold the assistant certificate?"),
        "初级人数",
        unit=PERSONS,
    )
    intermediates: t.Count = fact(
        ("社会工作师人数", "holders of the social worker level"),
        ("其中社会工作师（中级）多少人？", "How many hold the certificate of the middle level?"),
        "中级人数",
        unit=PERSONS,
    )
    seniors: t.Count = fact(
        ("高级社会工作师人数", "senior social workers"),
        ("其中高级社会工作师多少人？", "How many hold the senior certificate?"),
        "高级人数",
        unit=PERSONS,
    )
    supervisors: t.Count = fact(
        ("督导人数", "supervisors"),
        ("其中督导多少人？", "How many of them are supervisors?"),
        "督导",
        unit=PERSONS,
    )
    full_time: t.Count = fact(
        ("专职人数", "full-time staff"),
        ("其中专职人员多少人？", "How many of them work full time?"),
        "全职人数",
        "专职人员数",
        unit=PERSONS,
    )
    full_time_social_workers: t.Count = fact(
        ("专职社工人数", "full-time social workers"),
        ("其中专职社会工作者多少人？", "How many of them are full-time social workers?"),
        "专职社会工作者数",
        unit=PERSONS,
    )
    qualified: t.Count = fact(
        ("符合岗位资格人数", "staff who meet the post's qualifications"),
        (
            "其中符合岗位资格条件的多少人？",
            "How many of them meet the qualifications of their post?",
        ),
        unit=PERSONS,
    )
    frontline: t.Count = fact(
        ("一线人数", "front-line staff"),
        ("其中一线服务人员多少人？", "How many of them work on the front line?"),
        "一线人员数",
        unit=PERSONS,
    )
    directors: t.Count = fact(
        ("主任（负责人）人数", "directors"),
        ("其中主任（负责人）多少人？", "How many of them are directors?"),
        "主任人数",
        unit=PERSONS,
    )
    auxiliaries: t.Count = fact(
        ("辅助人员数", "auxiliary staff"),
        ("其中辅助人员多少人？", "How many of them are auxiliary staff?"),
        "辅助人员",
        unit=PERSONS,
    )
    officers: t.Count = fact(
        ("管理与行政人员数", "officers"),
        ("其中管理与行政人员多少人？", "How many of them are officers?"),
        "行政人员数",
        unit=PERSONS,
    )
    station_workers: t.Count = fact(
        ("社区工作站人员数", "staff of the community service station"),
        (
            "其中社区工作站（服务站）人员多少人？",
            "How many of them work in the community service station?",
        ),
        "工作站人员数",
        unit=PERSONS,
    )
    party_secretaries: t.Count = fact(
        ("党组织书记人数", "party secretaries"),
        ("其中党组织书记多少人？", "How many party secretaries are there?"),
        "书记人数",
        unit=PERSONS,
    )
    deputy_secretaries: t.Count = fact(
        ("专职副书记人数", "deputy party secretaries"),
        ("其中专职副书记多少人？", "How many deputy party secretaries are there?"),
        "副书记人数",
        unit=PERSONS,
    )
    deputy_directors: t.Count = fact(
        ("居委会副主任人数", "deputy directors of the committee"),
        ("其中居委会副主任多少人？", "How many deputy directors of the committee are there?"),
        "副主任人数",
        unit=PERSONS,
    )
    committee_members: t.Count = fact(
        ("居委会成员人数", "members of the residents' committee"),
        ("其中居委会成员多少人？", "How many members has the residents' committee?"),
        "居委会委员人数",
        unit=PERSONS,
    )
    drug_social_workers: t.Count = fact(
        ("禁毒社工人数", "drug-control social workers"),
        ("其中禁毒社工多少人？", "How many drug-control social workers are there?"),
        unit=PERSONS,
    )
    youth_social_workers: t.Count = fact(
        ("青少年社工人数", "youth social workers"),
        ("其中青少年事务社工多少人？", "How many youth social workers are there?"),
        unit=PERSONS,
    )
    public_welfare: t.Count = fact(
        ("公益性岗位人数", "holders of public-welfare posts"),
        ("其中公益性岗位人员多少人？", "How many hold public-welfare posts?"),
        unit=PERSONS,
    )
    temporary: t.Count = fact(
        ("政府临聘人数", "temporary government staff"),
        ("其中政府临聘人员多少人？", "How many are temporary government staff?"),
        "临聘人数",
        unit=PERSONS,
    )
    under_45: t.Count = fact(
        ("45 岁以下人数", "staff under 45"),
        ("其中 45 岁以下多少人？", "How many of them are under 45?"),
        "45岁以下人数",
        unit=PERSONS,
    )
    certified_under_45: t.Count = fact(
        ("45 岁以下持证人数", "certified staff under 45"),
        ("45 岁以下持证人员多少人？", "How many of the staff under 45 hold a certificate?"),
        "45岁以下持证人数",
        unit=PERSONS,
    )


class Person(Part):
    """One member of staff."""

    check: ClassVar[Check | None] = checks.post

    role: t.Role = fact(
        ("岗位类型", "role"),
        ("这名工作人员是什么岗位？", "Which role has this member of staff?"),
        "岗位",
        "人员类别",
    )
    level: t.LevelOrNone = fact(
        ("证书级别", "level of the certificate"),
        (
            "这名工作人员持有哪一级证书（没有写 null）？",
            "Which level of certificate does this member of staff hold (null if none)?",
        ),
        "级别",
        null=("没有证书", "no certificate"),
    )
    registered_until: t.Day = fact(
        ("登记有效期", "last day of the registration"),
        (
            "这名工作人员的证书登记有效到哪一天？",
            "Until which day is the registration of this certificate valid?",
        ),
        "登记有效期至",
    )
    professional: t.Flag = fact(
        ("社会工作专业人员", "social-work professional"),
        (
            "这名工作人员是否属于社会工作专业人员？",
            "Does this member of staff count as a social-work professional?",
        ),
        "专业人员",
        "是否专业人员",
    )
    degree: t.Degree = fact(
        ("学历", "degree"),
        ("这名工作人员是什么学历？", "Which degree has this member of staff?"),
    )
    major_social_work: t.Flag = fact(
        ("社会工作专业", "degree in social work"),
        ("这名工作人员是否社会工作专业毕业？", "Has this member of staff a degree in social work?"),
        "是否社会工作专业",
    )
    graduated: t.DayOrNone = fact(
        ("毕业日期", "date of graduation"),
        (
            "这名工作人员哪一天毕业（在读写 null）？",
            "On which day did this member of staff graduate (null if still enrolled)?",
        ),
        null=("在读", "still enrolled"),
    )
    birth_date: t.Day = fact(
        ("出生日期", "date of birth"),
        ("这名工作人员哪一天出生？", "When was this member of staff born?"),
    )
    full_time: t.Flag = fact(
        ("专职", "full time"),
        ("这名工作人员是否专职？", "Does this member of staff work full time?"),
        "全职",
        "是否专职",
    )
    frontline: t.Flag = fact(
        ("一线岗位", "front-line post"),
        ("这名工作人员是否在一线？", "Does this member of staff work on the front line?"),
        "一线",
    )
    speaks_mandarin: t.Flag = fact(
        ("会普通话", "speaks Mandarin"),
        ("这名工作人员是否会说普通话？", "Does this member of staff speak Mandarin?"),
        "普通话",
    )
    speaks_cantonese: t.Flag = fact(
        ("会粤语", "speaks Cantonese"),
        ("这名工作人员是否会说粤语？", "Does this member of staff speak Cantonese?"),
        "粤语",
    )
    trained: t.Flag = fact(
        ("已接受培训", "trained"),
        (
            "这名工作人员是否接受过规定的培训？",
            "Has this member of staff had the training demanded?",
        ),
        "是否培训",
    )
    months: t.Months = fact(
        ("投入月数", "months worked in the project"),
        (
            "这名工作人员在项目中工作几个月？",
            "For how many months does this member of staff work in the project?",
        ),
        "工作月数",
        unit="months",
    )
    experience_months: t.Months = fact(
        ("从业月数", "months of experience"),
        (
            "这名工作人员从事社会工作满几个月？",
            "How many months of social-work experience has this member of staff?",
        ),
        "工作经验月数",
        unit="months",
    )
    start: t.Day = fact(
        ("到岗日期", "first day in the post"),
        ("这名工作人员哪一天到岗？", "On which day did this member of staff begin?"),
        "入职日期",
    )
    end: t.DayOrNone = fact(
        ("离岗日期", "last day in the post"),
        (
            "这名工作人员哪一天离岗（仍在岗写 null）？",
            "What was the last day of this member of staff (null if still there)?",
        ),
        "离职日期",
        null=("仍在岗", "still in the post"),
    )
    establishment: t.Establishment = fact(
        ("编制类型", "establishment"),
        ("这名工作人员是什么编制？", "On which establishment is this member of staff?"),
        "编制",
    )
    service_kind: t.ServiceKind = fact(
        ("服务领域", "field of service"),
        ("这名工作人员在哪个领域服务？", "In which field does this member of staff work?"),
    )
    wage: t.Money = fact(
        ("月工资", "monthly wage"),
        (
            "这名工作人员每月应发工资多少元？",
            "What is the gross wage a month of this member of staff, in yuan?",
        ),
        "工资",
        unit=CNY_MONTH,
    )
    hourly_wage: t.Money = fact(
        ("小时工资", "hourly wage"),
        (
            "这名工作人员每小时工资多少元？",
            "What is the wage an hour of this member of staff, in yuan?",
        ),
        "时薪",
        unit=CNY,
    )
    grade: t.Words = fact(
        ("岗位等级", "grade"),
        ("这名工作人员属于哪一岗位等级？", "Which grade has this member of staff?"),
        "等级",
    )


class PostTotal(Part):
    """Numbers of posts, filled or not."""

    approved: t.Count = fact(
        ("核定岗位数", "approved posts"),
        ("核定岗位一共多少个？", "How many posts are approved in all?"),
        "核定数",
        unit="posts",
    )
    social_work: t.Count = fact(
        ("社会工作岗位数", "social-work posts"),
        ("其中社会工作岗位多少个？", "How many of them are social-work posts?"),
        "社工岗位数",
        unit="posts",
    )
    technical: t.Count = fact(
        ("专业技术岗位数", "technical posts"),
        ("其中专业技术岗位多少个？", "How many of them are technical posts?"),
        unit="posts",
    )
    purchased: t.Count = fact(
        ("购买岗位数", "purchased posts"),
        ("其中政府购买的岗位多少个？", "How many of them are purchased by government?"),
        "政府购买岗位数",
        unit="posts",
    )


class Budget(Part):
    """A project's budget by kind of cost, in yuan."""

    wages: t.Money = fact(
        ("工资", "wages"),
        ("预算中工资多少元？", "How much of the budget is for wages, in yuan?"),
        "人员工资",
        unit=CNY,
    )
    social_insurance: t.Money = fact(
        ("社会保险费", "social insurance"),
        ("预算中单位缴纳的社会保险费多少元？", "How much is for social insurance, in yuan?"),
        "社保",
        "社会保险",
        unit=CNY,
    )
    housing_fund: t.Money = fact(
        ("住房公积金", "housing fund"),
        ("预算中单位缴纳的住房公积金多少元？", "How much is for the housing fund, in yuan?"),
        "公积金",
        unit=CNY,
    )
    bonuses: t.Money = fact(
        ("奖金与绩效", "bonuses"),
        ("预算中奖金和绩效多少元？", "How much is for bonuses, in yuan?"),
        "奖金",
        "绩效",
        unit=CNY,
    )
    staff_welfare: t.Money = fact(
        ("职工福利费", "staff welfare"),
        ("预算中职工福利费多少元？", "How much is for staff welfare, in yuan?"),
        "福利费",
        unit=CNY,
    )
    personnel: t.Money = fact(
        ("人员经费", "personnel cost in all"),
        ("预算中人员经费合计多少元？", "How much is the personnel cost in all, in yuan?"),
        "人员经费合计",
        "人力成本",
        unit=CNY,
    )
    supervision: t.Money = fact(
        ("督导费", "supervision"),
        ("预算中督导费多少元？", "How much is for supervision, in yuan?"),
        "督导",
        unit=CNY,
    )
    training: t.Money = fact(
        ("培训费", "training"),
        ("预算中培训费多少元？", "How much is for training, in yuan?"),
        "培训",
        unit=CNY,
    )
    activities: t.Money = fact(
        ("服务活动费", "service activities"),
        ("预算中服务活动费多少元？", "How much is for service activities, in yuan?"),
        "活动费",
        "活动经费",
        unit=CNY,
    )
    volunteers: t.Money = fact(
        ("志愿者补贴", "volunteers"),
        ("预算中志愿者补贴多少元？", "How much is for volunteers, in yuan?"),
        "志愿者费用",
        unit=CNY,
    )
    materials: t.Money = fact(
        ("物资材料费", "materials"),
        ("预算中物资材料费多少元？", "How much is for materials, in yuan?"),
        "材料费",
        "物料费",
        unit=CNY,
    )
    office: t.Money = fact(
        ("办公费", "office"),
        ("预算中办公费多少元？", "How much is for the office, in yuan?"),
        "办公经费",
        unit=CNY,
    )
    rent: t.Money = fact(
        ("场地费", "rent"),
        ("预算中场地费多少元？", "How much is for rent, in yuan?"),
        "租金",
        unit=CNY,
    )
    equipment: t.Money = fact(
        ("设备购置费", "equipment"),
        ("预算中设备购置费多少元？", "How much is for equipment, in yuan?"),
        "设备费",
        unit=CNY,
    )
    travel: t.Money = fact(
        ("差旅交通费", "travel"),
        ("预算中差旅交通费多少元？", "How much is for travel, in yuan?"),
        "交通费",
        "差旅费",
        unit=CNY,
    )
    publicity: t.Money = fact(
        ("宣传费", "publicity"),
        ("预算中宣传费多少元？", "How much is for publicity, in yuan?"),
        unit=CNY,
    )
    management: t.Money = fact(
        ("管理费", "management"),
        ("预算中管理费多少元？", "How much is for management, in yuan?"),
        "机构管理费",
        unit=CNY,
    )
    evaluation: t.Money = fact(
        ("评估与审计费", "evaluation and audit"),
        ("预算中评估和审计费多少元？", "How much is for evaluation and audit, in yuan?"),
        "评估费",
        "审计费",
        unit=CNY,
    )
    tax: t.Money = fact(
        ("税费", "tax"), ("预算中税费多少元？", "How much is for tax, in yuan?"), "税金", unit=CNY
    )
    experts: t.Money = fact(
        ("专家劳务费", "experts"),
        ("预算中专家劳务费多少元？", "How much is for outside experts, in yuan?"),
        "专家费",
        unit=CNY,
    )
    investment: t.Money = fact(
        ("投资", "investment"),
        ("预算中用于投资的多少元？", "How much is for investment, in yuan?"),
        "对外投资",
        unit=CNY,
    )
    overseas_travel: t.Money = fact(
        ("因公出国（境）费", "overseas travel"),
        ("预算中因公出国（境）费多少元？", "How much is for overseas travel, in yuan?"),
        "出国费",
        unit=CNY,
    )
    reception: t.Money = fact(
        ("公务接待费", "official reception"),
        ("预算中公务接待费多少元？", "How much is for official reception, in yuan?"),
        "接待费",
        unit=CNY,
    )
    vehicles: t.Money = fact(
        ("公务用车购置及运行费", "official vehicles"),
        ("预算中公务用车费用多少元？", "How much is for official vehicles, in yuan?"),
        "公务用车",
        unit=CNY,
    )
    basic_expenditure: t.Money = fact(
        ("行政事业单位基本支出", "basic expenditure of public bodies"),
        (
            "预算中行政事业单位基本支出多少元？",
            "How much is for the basic expenditure of public bodies, in yuan?",
        ),
        "基本支出",
        unit=CNY,
    )
    profit_activity: t.Money = fact(
        ("营利活动支出", "profit-making activity"),
        ("预算中用于营利活动的多少元？", "How much is for profit-making activity, in yuan?"),
        "营利活动",
        unit=CNY,
    )
    buildings: t.Money = fact(
        ("楼堂馆所建设", "buildings"),
        ("预算中用于楼堂馆所建设的多少元？", "How much is for buildings, in yuan?"),
        "楼堂馆所",
        unit=CNY,
    )
    administration: t.Money = fact(
        ("行政运行经费", "running cost of administration"),
        (
            "预算中行政运行经费多少元？",
            "How much is for the running of an administration, in yuan?",
        ),
        "行政运行",
        unit=CNY,
    )
    work_expense: t.Money = fact(
        ("工作经费", "work expense of public bodies"),
        (
            "预算中机关单位工作经费多少元？",
            "How much is for the work expense of public bodies, in yuan?",
        ),
        "机关工作经费",
        unit=CNY,
    )
    personal_rewards: t.Money = fact(
        ("个人奖励", "rewards to persons"),
        ("预算中用于奖励个人的多少元？", "How much is for rewards to persons, in yuan?"),
        "奖励个人",
        unit=CNY,
    )
    outside_welfare: t.Money = fact(
        ("社会公益事业以外的支出", "purposes outside public welfare"),
        (
            "预算中用于社会公益事业以外的多少元？",
            "How much is for purposes outside public welfare, in yuan?",
        ),
        "公益以外支出",
        unit=CNY,
    )
    unlawful_pay: t.Money = fact(
        ("违规发放的津补贴", "pay in breach of rules"),
        ("预算中有多少元是违规发放的津补贴？", "How much is pay in breach of rules, in yuan?"),
        "违规津补贴",
        unit=CNY,
    )
    other: t.Money = fact(
        ("其他支出", "other"),
        ("预算中其他支出多少元？", "How much is for anything else, in yuan?"),
        "其他",
        unit=CNY,
    )


class BudgetLine(Part):
    """One line of a budget given in detail."""

    kind: t.BudgetKind = fact(
        ("支出种类", "kind of cost"),
        ("这一行预算属于哪一类支出？", "Which kind of cost is this line?"),
        "种类",
        "科目",
    )
    item: t.Words = fact(
        ("支出内容", "item"),
        ("这一行预算的内容（经济科目）是什么？", "What is the item of this line?"),
        "内容",
        "经济科目",
    )
    economic_class: t.EconomicClass = fact(
        ("支出经济分类", "economic class of the expenditure"),
        (
            "这一行属于哪一类经济分类科目（如 302 商品和服务支出）？",
            "Which economic class is this line (for example 302, goods and services)?",
        ),
        "经济分类",
    )
    service_kind: t.ServiceKind = fact(
        ("服务类别", "kind of service"),
        ("这一行用于哪一类服务？", "For which kind of service is this line?"),
        "服务领域",
    )
    fund: t.FundSource = fact(
        ("资金来源", "fund that pays"),
        ("这一行由哪一类资金支付？", "Which fund pays this line?"),
        "资金",
    )
    amount: t.Money = fact(
        ("预算金额", "amount"),
        ("这一行多少元？", "How much is this line, in yuan?"),
        "金额",
        unit=CNY,
    )


class Purchase(Part):
    """One planned purchase of services by a station."""

    fund_source: t.FundSource = fact(
        ("资金来源", "source of funds"),
        ("这项服务由哪一类资金购买？", "Which kind of funds pays for the service?"),
        "资金",
    )
    service_kind: t.ServiceKind = fact(
        ("服务类别", "kind of service"),
        ("购买的是哪一类服务？", "Which kind of service is bought?"),
        "服务",
        "服务领域",
    )
    amount: t.Money = fact(
        ("购买金额", "amount"),
        ("购买金额多少元？", "How much is it, in yuan?"),
        "金额",
        unit=CNY,
    )
    bought_as_project: t.Flag = fact(
        ("项目化购买", "bought as a project"),
        ("是否以项目方式购买？", "Is the service bought as a project?"),
        "是否项目化",
        "项目化运作",
    )
    resident_need: t.Flag = fact(
        ("群众有需求", "needed by residents"),
        ("群众是否有这项服务需求？", "Do residents need the service?"),
        "是否有需求",
    )
    social_work_character: t.Flag = fact(
        ("体现社会工作专业性", "social-work character"),
        (
            "服务是否体现社会工作专业性，而非只承担行政事务？",
            "Has the service social-work character, beyond administrative errands?",
        ),
        "专业性",
    )
    conditions_allow: t.Flag = fact(
        ("具备条件", "conditions allow it"),
        ("当地是否具备条件？", "Do local conditions allow it?"),
        "有条件",
    )


class Clients(Part):
    """Numbers of clients by group. A person may stand in several of them."""

    elderly: t.Count = fact(
        ("老年人数", "elderly people"),
        ("服务对象中老年人多少人？", "How many clients are elderly?"),
        "老年人",
        unit=PERSONS,
    )
    elderly_hukou: t.Count = fact(
        ("60 岁以上户籍人数", "registered residents aged 60 or more"),
        ("60 岁以上户籍老年人多少人？", "How many registered residents are 60 or older?"),
        unit=PERSONS,
    )
    disabled: t.Count = fact(
        ("残疾人数", "disabled people"),
        ("服务对象中残疾人多少人？", "How many clients are disabled?"),
        "残疾人",
        unit=PERSONS,
    )
    severely_disabled: t.Count = fact(
        ("重度残疾人数", "severely disabled people"),
        ("服务对象中重度残疾人多少人？", "How many clients are severely disabled?"),
        "重度残疾人",
        unit=PERSONS,
    )
    children: t.Count = fact(
        ("困境儿童数", "children in need"),
        ("服务对象中孤儿和困境儿童多少人？", "How many clients are orphans or children in need?"),
        "儿童",
        "孤儿和困境儿童",
        unit=PERSONS,
    )
    problem_teenager: t.Count = fact(
        ("重点青少年人数", "teenagers at risk"),
        ("重点青少年多少人？", "How many clients are teenagers at risk?"),
        "重点青少年",
        unit=PERSONS,
    )
    low_income: t.Count = fact(
        ("低保及低收入人数", "people on low income"),
        ("低保及低收入人员多少人？", "How many clients are on low income?"),
        "低保对象",
        unit=PERSONS,
    )
    hardship: t.Count = fact(
        ("困难群众人数", "people in hardship"),
        ("困难群众多少人？", "How many people in hardship are there?"),
        "困难群众",
        unit=PERSONS,
    )
    hardship_served: t.Count = fact(
        ("已服务困难群众人数", "people in hardship who are served"),
        ("已纳入服务的困难群众多少人？", "How many people in hardship are served?"),
        unit=PERSONS,
    )
    drug_user: t.Count = fact(
        ("吸毒人员数", "registered drug users"),
        ("在册吸毒人员多少人？", "How many registered drug users are there?"),
        "吸毒人员",
        unit=PERSONS,
    )
    drug_user_local: t.Count = fact(
        ("本地吸毒人员数", "local drug users"),
        ("本地户籍吸毒人员多少人？", "How many local drug users are there?"),
        unit=PERSONS,
    )
    drug_user_key_target: t.Count = fact(
        ("重点管控吸毒人员数", "drug users under close watch"),
        ("重点管控吸毒人员多少人？", "How many drug users are under close watch?"),
        unit=PERSONS,
    )
    family: t.Count = fact(
        ("服务家庭数", "families"),
        ("服务多少户家庭？", "How many families are served?"),
        "家庭",
        unit="families",
    )
    migrant_worker: t.Count = fact(
        ("外来务工人员数", "migrant workers"),
        ("外来务工人员多少人？", "How many migrant workers are there?"),
        "外来务工人员",
        unit=PERSONS,
    )


class Activity(Part):
    """One kind of activity of a project, as often as it is held."""

    kind: t.ActivityKind = fact(
        ("活动种类", "kind of activity"),
        (
            "是哪一类活动（个案、小组、社区活动、宣传等）？",
            "Which kind of activity is it (case, group, community event, publicity, ...)?",
        ),
        "种类",
    )
    sessions: t.Count = fact(
        ("节（次）数", "sessions"),
        ("一共多少节（次）？", "How many sessions are there?"),
        "节数",
        "次数",
        unit="times",
    )
    participants: t.Count = fact(
        ("参与人数", "participants"),
        ("每次多少人参与？", "How many people take part each time?"),
        "参加人数",
        unit=PERSONS,
    )
    minutes: t.Number = fact(
        ("每次时长", "minutes of a session"),
        ("每次多少分钟？", "How many minutes does a session last?"),
        "分钟数",
        unit="minutes",
    )


class Outputs(Part):
    """What a project delivers, as counts."""

    case_files: t.Count = fact(
        ("建档人数", "people with a file"),
        ("为多少人建立服务档案？", "For how many people is a file kept?"),
        "档案数",
        unit=PERSONS,
    )
    cases: t.Count = fact(
        ("个案数", "cases"),
        ("开展多少个个案？", "How many cases are worked on?"),
        "个案",
        unit="pieces",
    )
    groups: t.Count = fact(
        ("小组数", "groups"),
        ("开展多少个小组？", "How many groups are held?"),
        "小组",
        unit="pieces",
    )
    community_events: t.Count = fact(
        ("社区活动数", "community events"),
        ("开展多少场社区活动？", "How many community events are held?"),
        "社区活动",
        unit="times",
    )
    visits: t.Count = fact(
        ("走访探访次数", "visits"),
        ("走访（探访）多少次？", "How many visits are made?"),
        "探访次数",
        "走访次数",
        unit="times",
    )
    counselling: t.Count = fact(
        ("咨询服务人次", "counselling given"),
        ("提供咨询服务多少人次？", "How many times is counselling given?"),
        "咨询人次",
        unit="times",
    )
    research_reports: t.Count = fact(
        ("调研报告数", "research reports"),
        ("形成多少篇调研报告？", "How many research reports are written?"),
        unit="pieces",
    )
    articles: t.Count = fact(
        ("文章数", "articles"),
        ("发表多少篇文章？", "How many articles are published?"),
        unit="pieces",
    )
    booklets: t.Count = fact(
        ("宣传册数", "booklets"),
        ("编印多少种宣传册（产品手册）？", "How many booklets are made?"),
        "产品手册数",
        unit="pieces",
    )
    media_reports: t.Count = fact(
        ("媒体报道数", "media reports"),
        ("媒体报道多少次？", "How many media reports are there?"),
        unit="pieces",
    )


class Inspection(Part):
    """One yearly inspection of an organisation."""

    year: t.Year = fact(
        ("年检年度", "year inspected"),
        ("是哪一年度的年检？", "Which year was inspected?"),
        "年度",
    )
    result: t.InspectionResult = fact(
        ("年检结论", "result of the inspection"),
        (
            "年检结论是什么（合格、基本合格、不合格）？",
            "What was the result (qualified, basic, failed)?",
        ),
        "结论",
        "年检结果",
    )


class Evaluation(Part):
    """One evaluation of a project, station or organisation."""

    year: t.Year = fact(
        ("评估年度", "year evaluated"),
        ("评估的是哪一年度？", "Which year does the evaluation cover?"),
        "年度",
    )
    stage: t.EvaluationStage = fact(
        ("评估阶段", "stage"),
        (
            "是中期评估、末期评估还是年度评估？",
            "Is it the midterm, the final or a yearly evaluation?",
        ),
        "阶段",
    )
    score: t.Number = fact(
        ("评估得分", "score"),
        ("评估得分是多少？", "What was the score?"),
        "得分",
        unit="points",
    )
    result: t.AppraisalResult = fact(
        ("评估等级", "grade of the evaluation"),
        (
            "评估等级是什么（优秀、良好、合格、不合格）？",
            "What was the grade (excellent, good, qualified, failed)?",
        ),
        "等级",
        "评估结果",
    )
    started: t.Day = fact(
        ("评估启动日期", "day on which it started"),
        ("评估哪一天启动？", "On which day did the evaluation start?"),
        "启动日期",
    )
    evaluator: t.Evaluator = fact(
        ("评估方", "evaluator"),
        ("由谁评估？", "Who evaluated?"),
        "评估机构",
    )
