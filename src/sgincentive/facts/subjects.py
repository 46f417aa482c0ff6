"""The four subjects of a profile: worker, project, station and organisation."""

from typing import Any, ClassVar

from sgincentive.facts import checks
from sgincentive.facts import parts as p
from sgincentive.facts import types as t
from sgincentive.facts.model import Check, Part, entries, fact, group


def _received() -> Any:
    return entries(
        "received",
        ("已发记录", "what was received before"),
        (
            "以前从哪些政策领取过待遇（没有写 []）？",
            "What was received before, from which schemes ([] for nothing)?",
        ),
        "已领记录",
        "领取记录",
        dated="paid",
    )


def _statistics() -> Any:
    return entries(
        "statistic",
        ("统计数据", "outside figures"),
        (
            "当地平均工资等统计数据是多少？",
            "What are the local figures, such as the average wage?",
        ),
    )


def _applied() -> Any:
    return fact(
        ("申请日期", "date of application"),
        ("哪一天提出申请？", "On which day was the application handed in?"),
        "申报日期",
    )


def _evaluations() -> Any:
    return entries(
        "evaluation",
        ("评估记录", "evaluations"),
        ("历次评估的结果是什么？", "What were the results of the evaluations?"),
        "评估",
    )


def _staff() -> Any:
    return entries(
        "person",
        ("工作人员", "staff"),
        (
            "有哪些工作人员（逐人列出，或给出总数和专业人数）？",
            "Who are the staff (person by person, or the total and the professionals)?",
        ),
        "人员",
        "工作人员名单",
        start="start",
        end="end",
    )


def _post_total() -> Any:
    return group(
        ("岗位设置", "posts"),
        ("设置了多少岗位？", "How many posts are there?"),
        "岗位数",
    )


def _clients() -> Any:
    return group(
        ("服务对象人数", "clients by group"),
        ("各类服务对象各有多少人？", "How many clients are there in each group?"),
        "服务对象",
    )


class Subject(Part):
    """What all four subjects have."""

    check: ClassVar[Check | None] = checks.figures

    applied: t.Day = _applied()
    received: t.Entries[p.Received] = _received()
    statistics: t.Entries[p.Statistic] = _statistics()
    partial: t.Partial = group(
        ("不完整的列表", "lists that are not complete"),
        ("哪些列表没有列全？", "Which lists are not complete?"),
        "不完整列表",
    )
    confirmed: t.Confirmed = group(
        ("机关确认事项", "words of an office"),
        ("机关已经确认了哪些事项？", "What has an office confirmed?"),
        "已确认",
        "确认事项",
    )


class Worker(Subject):
    """A worker."""

    subject_kind: ClassVar[str | None] = "worker"

    birth_date: t.Day = fact(
        ("出生日期", "date of birth"),
        ("哪一天出生？", "When was the person born?"),
        "出生年月日",
        "生日",
    )
    sex: t.Sex = fact(("性别", "sex"), ("性别是什么？", "What is the person's sex?"))
    hukou: t.Place = fact(
        ("户籍地", "household registration"),
        ("户籍在哪里？", "Where is the person's household registered?"),
        "户籍",
        "户口所在地",
        "户籍所在地",
    )
    residence: t.Place = fact(
        ("居住地", "place of residence"),
        ("常住在哪里？", "Where does the person live?"),
        "常住地",
        "现居住地",
    )
    residence_permit: t.Flag = fact(
        ("居住证", "residence permit"),
        (
            "是否持有当地居住证？",
            "Does the person hold a residence permit of the place of residence?",
        ),
        "是否有居住证",
    )
    veteran: t.Flag = fact(
        ("退役军人", "veteran"),
        ("是否退役军人？", "Is the person a veteran?"),
        "是否退役军人",
    )
    student: t.Flag = fact(
        ("在校学生", "student"),
        ("是否在校学生？", "Is the person a student in school?"),
        "是否在校学生",
    )
    points_total: t.Number = fact(
        ("积分总分", "points in all"),
        ("积分一共多少分？", "How many points does the person have in all?"),
        "总积分",
        unit="points",
    )
    certificates: t.Entries[p.Certificate] = entries(
        "certificate",
        ("证书", "certificates"),
        (
            "持有哪些社会工作证书（没有写 []）？",
            "Which social-work certificates does the person hold ([] for none)?",
        ),
        "证书列表",
        "职业水平证书",
        dated="obtained",
    )
    posts: t.Entries[p.Post] = entries(
        "post",
        ("工作经历", "posts"),
        ("在哪些岗位工作过（没有写 []）？", "In which posts has the person worked ([] for none)?"),
        "岗位经历",
        "任职经历",
        "岗位",
        dated="start",
        start="start",
        end="end",
    )
    exams: t.Entries[p.Exam] = entries(
        "exam",
        ("参考记录", "exams"),
        ("参加过哪些年度的考试（没有写 []）？", "Which exams has the person sat ([] for none)?"),
        "考试记录",
        "考试",
    )
    appraisals: t.Entries[p.Appraisal] = entries(
        "appraisal",
        ("年度考核", "appraisals"),
        (
            "历年考核结果是什么（没有写 []）？",
            "What were the results of the yearly appraisals ([] for none)?",
        ),
        "考核",
        "考核记录",
    )
    education: t.Entries[p.Education] = entries(
        "education",
        ("教育经历", "education"),
        ("有哪些学历（没有写 []）？", "Which degrees has the person ([] for none)?"),
        "学历",
        dated="graduated",
        start="enrolled",
        end="graduated",
    )
    honours: t.Entries[p.Honour] = entries(
        "honour",
        ("荣誉称号", "honours"),
        (
            "获得过哪些荣誉或人才称号（没有写 []）？",
            "Which honours or talent titles has the person ([] for none)?",
        ),
        "荣誉",
        dated="start",
        start="start",
        end="end",
    )
    fees: t.Entries[p.Fee] = entries(
        "fee",
        ("费用", "fees"),
        (
            "为考试或培训支付过哪些费用（没有写 []）？",
            "Which fees were paid for exams or training ([] for none)?",
        ),
        "费用记录",
        dated="paid",
    )
    insurance: t.Entries[p.InsuranceSpell] = entries(
        "insurance",
        ("社会保险缴纳记录", "social insurance"),
        (
            "社会保险按什么基数缴纳、从何时到何时（没有写 []）？",
            "At which base and when was social insurance paid ([] for never)?",
        ),
        "社保记录",
        "参保记录",
        dated="start",
        start="start",
        end="end",
    )


class Organisation(Subject):
    """An organisation: an agency, an association, a public institution."""

    subject_kind: ClassVar[str | None] = "organisation"
    check: ClassVar[Check | None] = checks.organisation

    division: t.Place = fact(
        ("所在地", "place"),
        ("机构在哪里登记、开展服务？", "Where is the organisation registered and at work?"),
        "机构所在地",
        "登记地",
    )
    kind: t.OrganisationKind = fact(
        ("机构类型", "kind of organisation"),
        (
            "属于哪一类机构（社会工作服务机构、社会团体、基金会等）？",
            "What kind of organisation is it (social-work agency, association, foundation, ...)?",
        ),
        "类型",
        "机构性质",
    )
    registered: t.Day = fact(
        ("成立登记日期", "date of registration"),
        ("哪一天登记成立？", "On which day was the organisation registered?"),
        "成立日期",
        "注册日期",
        "登记日期",
    )
    registered_level: t.AuthorityLevel = fact(
        ("登记层级", "level of the registering authority"),
        (
            "在哪一级登记（全国性、省、市、县）？",
            "At which level is it registered (national, province, city, county)?",
        ),
        "登记机关层级",
    )
    capital: t.Money = fact(
        ("注册资金", "registered capital"),
        ("注册（开办）资金多少元？", "How much is the registered capital, in yuan?"),
        "开办资金",
        unit=p.CNY,
    )
    rating: t.RatingOrNone = fact(
        ("评估等级", "rating"),
        (
            "社会组织评估等级是几 A（未评估写 null）？",
            "Which rating does it hold, 1A to 5A (null if none)?",
        ),
        "社会组织评估等级",
        "等级",
        null=("没有评估等级", "not rated"),
    )
    rating_until: t.Day = fact(
        ("评估等级有效期", "last day of the rating"),
        ("评估等级有效到哪一天？", "Until which day is the rating valid?"),
        "评估等级有效期至",
    )
    community_type: t.Flag = fact(
        ("社区类机构", "organisation of a community"),
        (
            "是否为立足社区、服务本社区的社会组织？",
            "Is it an organisation of one community, at work there?",
        ),
        "社区社会组织",
    )
    fund_source: t.FundSource = fact(
        ("经费来源", "main source of funds"),
        ("主要经费来自哪里？", "Where do its funds mainly come from?"),
        "资金来源",
    )
    main_service: t.ServiceKind = fact(
        ("主要业务", "main service"),
        ("主要开展哪一类服务？", "Which service is its main one?"),
        "主要服务",
    )
    last_violation: t.DayOrNone = fact(
        ("最近一次违法违规日期", "date of the last violation"),
        (
            "最近一次受到处罚是哪一天（没有写 null）？",
            "When was it last found in violation (null if never)?",
        ),
        "最近处罚日期",
        null=("没有违法违规记录", "never"),
    )
    founders: t.Count = fact(
        ("发起人数", "founders"),
        ("发起人多少人？", "How many founders are there?"),
        "发起人总数",
        unit=p.PERSONS,
    )
    founders_certified: t.Count = fact(
        ("持证发起人数", "certified founders"),
        ("发起人中持证社会工作者多少人？", "How many founders hold a social worker certificate?"),
        "持证发起人",
        unit=p.PERSONS,
    )
    founders_intermediate: t.Count = fact(
        ("持社会工作师证书的发起人数", "founders with the certificate of the middle level"),
        (
            "发起人中持有社会工作师（中级）证书的多少人？",
            "How many founders hold the certificate of the middle level?",
        ),
        "持中级证书发起人",
        unit=p.PERSONS,
    )
    new_purchases: t.Money = fact(
        ("新增支出中购买服务资金", "purchases of services out of new spending"),
        (
            "当年新增支出中通过政府购买服务安排的多少元？",
            "How much of the year's new spending goes to purchases of services, in yuan?",
        ),
        unit=p.CNY,
    )
    new_purchases_from_social_organisations: t.Money = fact(
        (
            "新增支出中向社会组织购买服务资金",
            "purchases from social organisations out of new spending",
        ),
        (
            "其中向社会组织购买的多少元？",
            "How much of it is bought from social organisations, in yuan?",
        ),
        unit=p.CNY,
    )
    clients: t.Group[p.Clients] = _clients()
    staff: t.Staffing[p.StaffTotals, p.Person] = _staff()
    post_total: t.Group[p.PostTotal] = _post_total()
    inspections: t.Entries[p.Inspection] = entries(
        "inspection",
        ("年检记录", "inspections"),
        (
            "历年年检结论是什么（没有写 []）？",
            "What were the results of the yearly inspections ([] for none)?",
        ),
        "年检",
    )
    evaluations: t.Entries[p.Evaluation] = _evaluations()


class Project(Subject):
    """A social-work project and its budget."""

    subject_kind: ClassVar[str | None] = "project"
    check: ClassVar[Check | None] = checks.project

    division: t.Place = fact(
        ("项目所在地", "place of the project"),
        ("项目在哪里实施？", "Where is the project carried out?"),
        "实施地",
        "所在地",
    )
    funds: t.Money = fact(
        ("项目资金", "project funds"),
        ("项目资金总额多少元？", "How much are the funds of the project, in yuan?"),
        "项目经费",
        "资金总额",
        "合同金额",
        unit=p.CNY,
    )
    start: t.Day = fact(
        ("开始日期", "first day"),
        ("项目从哪一天开始？", "On which day does the project begin?"),
        "项目开始日期",
    )
    end: t.Day = fact(
        ("结束日期", "last day"),
        ("项目到哪一天结束？", "What is the last day of the project?"),
        "项目结束日期",
    )
    contract_years: t.Number = fact(
        ("合同年限", "years of the contract"),
        ("合同一共几年？", "For how many years does the contract run?"),
        "合同期限",
        unit=p.YEARS,
    )
    extension_years: t.Number = fact(
        ("续期年限", "years of the extension"),
        (
            "合同期满后续期几年（没有续期为 0）？",
            "By how many years is the contract extended after its end (0 for none)?",
        ),
        "续签年限",
        unit=p.YEARS,
    )
    service_kind: t.ServiceKind = fact(
        ("服务类别", "kind of service"),
        ("提供哪一类服务？", "Which kind of service does the project give?"),
        "服务领域",
    )
    fund_source: t.FundSource = fact(
        ("资金来源", "source of funds"),
        ("资金来自哪里？", "Where do the funds come from?"),
        "经费来源",
    )
    buyer_kind: t.OrganisationKind = fact(
        ("购买主体类型", "kind of buyer"),
        ("购买主体属于哪一类单位？", "What kind of body buys the service?"),
        "购买方类型",
    )
    procurement: t.Procurement = fact(
        ("采购方式", "way of procurement"),
        ("通过什么方式采购？", "How was the project procured?"),
        "购买方式",
    )
    catalogue_listed: t.Day = fact(
        ("列入目录日期", "day of entry into the catalogue"),
        (
            "哪一天列入服务项目目录？",
            "On which day was the project put into the catalogue of services?",
        ),
        "目录列入日期",
    )
    last_bought: t.DayOrNone = fact(
        ("最近一次被购买日期", "day on which it was last bought"),
        (
            "最近一次被购买是哪一天（没有写 null）？",
            "On which day was it last bought (null if never)?",
        ),
        null=("从未被购买", "never bought"),
    )
    company_donations: t.Money = fact(
        ("企业捐赠金额", "donations of companies"),
        ("企业捐赠多少元？", "How much did companies donate, in yuan?"),
        "企业捐赠",
        unit=p.CNY,
    )
    grant: t.Money = fact(
        ("资助金额", "grant"),
        ("申请或获得的资助多少元？", "How much is the grant, in yuan?"),
        "补助金额",
        unit=p.CNY,
    )
    grant_class: t.Words = fact(
        ("资助类别", "class of the grant"),
        ("属于资助方案中的哪一类？", "To which class of the grant scheme does it belong?"),
        "项目类别",
    )
    beneficiaries: t.Count = fact(
        ("受益人数", "beneficiaries"),
        ("直接受益多少人？", "How many people benefit directly?"),
        "服务人数",
        unit=p.PERSONS,
    )
    provinces_served: t.Count = fact(
        ("覆盖省份数", "provincial areas served"),
        (
            "服务覆盖几个省级地区（新疆生产建设兵团单独计）？",
            "How many provincial areas does it serve (the Xinjiang corps is one of them)?",
        ),
        "覆盖省级地区数",
        unit="pieces",
    )
    linked_resources: t.Money = fact(
        ("链接社会资源金额", "social resources brought in"),
        (
            "承接方链接的社会资源折合多少元？",
            "How much are the social resources that the contractor brings in, in yuan?",
        ),
        "链接资源",
        unit=p.CNY,
    )
    hours: t.Number = fact(
        ("服务工时", "hours of service"),
        ("服务工时一共多少小时？", "How many hours of service are there?"),
        "工时",
        unit="hours",
    )
    budget: t.Group[p.Budget] = group(
        ("预算", "budget"),
        ("预算各项各多少元？", "How much is each line of the budget, in yuan?"),
        "项目预算",
    )
    budget_lines: t.Entries[p.BudgetLine] = entries(
        "budget_line",
        ("预算明细", "budget lines"),
        ("预算明细有哪些行？", "What are the lines of the budget?"),
    )
    staff: t.Staffing[p.StaffTotals, p.Person] = _staff()
    post_total: t.Group[p.PostTotal] = _post_total()
    clients: t.Group[p.Clients] = _clients()
    activities: t.Entries[p.Activity] = entries(
        "activity",
        ("服务活动", "activities"),
        (
            "开展哪些活动，各多少次（没有写 []）？",
            "Which activities are held, and how often ([] for none)?",
        ),
        "活动",
    )
    outputs: t.Group[p.Outputs] = group(
        ("服务产出", "outputs"),
        ("各项服务产出是多少？", "What does the project deliver?"),
        "服务量",
        "产出",
    )
    contractor: t.Group[Organisation] = group(
        ("承接机构", "contractor"),
        ("由哪个机构承接？", "Which organisation carries out the project?"),
        "承接方",
        "承接主体",
    )
    evaluations: t.Entries[p.Evaluation] = _evaluations()


class Station(Subject):
    """A social-work station, or a residents' community with its staff."""

    subject_kind: ClassVar[str | None] = "station"

    division: t.Place = fact(
        ("所在地", "place"),
        ("站点在哪里？", "Where is the station?"),
        "站点所在地",
    )
    kind: t.StationKind = fact(
        ("站点类型", "kind of station"),
        (
            "属于哪一类站点（乡镇（街道）社工站、社区社工室、城乡社区等）？",
            "What kind of station is it (township station, community room, community, ...)?",
        ),
        "类型",
        "社工站类型",
    )
    community_kind: t.CommunityKind = fact(
        ("社区类别", "kind of community"),
        (
            "是城市社区、城镇社区、村改居还是农村社区？",
            "Is the community urban, of a town, a village turned community, or rural?",
        ),
        "社区类型",
    )
    operator_kind: t.OrganisationKind = fact(
        ("运营主体类型", "kind of operator"),
        ("由哪一类单位运营？", "What kind of body runs it?"),
        "运营方类型",
    )
    opened: t.Day = fact(
        ("设立日期", "date of opening"),
        ("哪一天设立（启用）？", "On which day was it opened?"),
        "启用日期",
    )
    population: t.Count = fact(
        ("常住人口", "population"),
        ("服务区域常住人口多少人？", "How many people live in the area it serves?"),
        "人口",
        unit=p.PERSONS,
    )
    urban_population: t.Count = fact(
        ("城镇常住人口", "urban population"),
        (
            "服务区域城镇常住人口多少人？",
            "How many people live in the urban part of the area it serves?",
        ),
        "城镇人口",
        unit=p.PERSONS,
    )
    households: t.Count = fact(
        ("户数", "households"),
        ("服务区域多少户？", "How many households are in the area it serves?"),
        "居民户数",
        unit="households",
    )
    villages: t.Count = fact(
        ("村（社区）数", "villages and communities"),
        ("覆盖多少个村（社区）？", "How many villages and communities does it cover?"),
        "村居数",
        unit="villages",
    )
    stations: t.Count = fact(
        ("社工站数", "stations in the area"),
        ("辖区内已建多少个社工站？", "How many stations are there in the area?"),
        "站点数",
        unit="pieces",
    )
    service_points: t.Count = fact(
        ("服务点数", "service points"),
        ("设有多少个村（社区）服务点？", "How many service points has it?"),
        "社工点数",
        unit="points",
    )
    staff: t.Staffing[p.StaffTotals, p.Person] = _staff()
    post_total: t.Group[p.PostTotal] = _post_total()
    clients: t.Group[p.Clients] = _clients()
    purchases: t.Entries[p.Purchase] = entries(
        "purchase",
        ("购买服务计划", "planned purchases"),
        (
            "计划用哪些资金购买哪些服务（没有写 []）？",
            "Which services are to be bought with which funds ([] for none)?",
        ),
        "购买服务",
    )
    evaluations: t.Entries[p.Evaluation] = _evaluations()


__all__ = ["Organisation", "Project", "Station", "Subject", "Worker"]
