package access

// Action is something that a person may or may not do at a unit. Every route
// and every command declares one.
type Action string

// Actions that no grant decides.
const (
	Public   Action = "public"    // anybody, without signing in
	SignedIn Action = "signed-in" // any signed-in person, about nothing but themselves
)

// Actions that grants decide. Each is asked about the unit named behind it.
const (
	UnitRead         Action = "unit.read"             // the unit read: name, posts, subtree
	UnitChange       Action = "unit.change"           // the unit created below, renamed, moved, dissolved: its parent
	PostChange       Action = "post.change"           // the unit whose posts and bodies change
	BoardRead        Action = "board.read"            // the unit whose board is read, with drill-down
	BoardTotals      Action = "board.totals"          // the unit whose totals alone are read
	DirectiveRead    Action = "directive.read"        // the unit at which the directive is read
	DirectiveDraft   Action = "directive.draft"       // the issuing unit
	DirectiveIssue   Action = "directive.issue"       // the issuing unit
	DirectiveAnswer  Action = "directive.acknowledge" // the unit that acknowledges, or tightens its deadline
	ReportRead       Action = "report.read"           // the unit that reported
	ReportDraft      Action = "report.draft"          // the unit that reports
	ReportSubmit     Action = "report.submit"         // the unit that reports: sign and submit
	ReportDecide     Action = "report.decide"         // the unit that counts the reporting one: accept or return
	ReportTell       Action = "report.tell"           // the unit for which somebody above enters what it told
	StandingSet      Action = "directive.standing"    // the unit whose standing on a directive is set or ended
	MomentName       Action = "moment.name"           // the unit for whose boards a past moment is named
	MomentRemove     Action = "moment.remove"         // the unit that named it, whoever did
	BriefingRead     Action = "briefing.read"         // the unit that is a site of the briefing, or its host
	BriefingAttend   Action = "briefing.attend"       // the unit for whose site somebody acts
	BriefingCall     Action = "briefing.call"         // the host: called, prepared, minuted
	DifficultyRead   Action = "difficulty.read"       // the unit that raised it, or whose office had it
	DifficultyRaise  Action = "difficulty.raise"      // the unit that raises it, confirms or withdraws it
	DifficultyAnswer Action = "difficulty.answer"     // the unit whose office has it
	TaskRead         Action = "task.read"             // the unit that gives, verifies or has a task
	TaskGive         Action = "task.give"             // the unit whose office gives it
	TaskSign         Action = "task.sign"             // the unit whose committee gives a task to committees
	TaskDo           Action = "task.do"               // the unit that has it: acknowledged, done, handed down
	TaskAssign       Action = "task.assign"           // the unit that has it: given to people there
	TaskVerify       Action = "task.verify"           // the unit whose office verifies it
	PaperRead        Action = "paper.read"            // the unit whose register of papers is read
	PaperDraft       Action = "paper.draft"           // the unit whose office drafts and initials a paper
	PaperSign        Action = "paper.sign"            // the unit whose paper is signed
	PaperNumber      Action = "paper.number"          // the unit whose clerk numbers and issues
	FolderPrint      Action = "folder.print"          // the unit whose leaders' folders are printed
	FolderEnter      Action = "folder.enter"          // the unit whose leader's decisions on paper are entered
	NewsRead         Action = "news.read"             // the unit whose desk of the public page is read
	NewsWrite        Action = "news.write"            // the unit whose desk writes an article
	NewsPublish      Action = "news.publish"          // the unit whose article the public is given, or loses
	NewsClear        Action = "news.clear"            // the unit whose board's figures the public is shown, or no more
	NewsModerate     Action = "news.moderate"         // the unit whose readers' comments are shown or refused
	NewsSite         Action = "news.site"             // the root: name, colours and logo of the public page
	AccountRead      Action = "account.read"          // the unit whose accounts are listed
	AccountManage    Action = "account.manage"        // the unit at which somebody gets or loses a role
	DelegationGive   Action = "delegation.give"       // the unit whose leader's actions are handed over
	SystemRun        Action = "system.run"            // the root: settings, log, metrics
)

// Actions is all actions that grants decide.
var Actions = []Action{
	UnitRead, UnitChange, PostChange, BoardRead, BoardTotals, DirectiveRead, DirectiveDraft, DirectiveIssue,
	DirectiveAnswer, ReportRead, ReportDraft, ReportSubmit, ReportDecide, ReportTell, StandingSet, MomentName, MomentRemove,
	BriefingRead, BriefingAttend, BriefingCall, DifficultyRead, DifficultyRaise, DifficultyAnswer,
	TaskRead, TaskGive, TaskSign, TaskDo, TaskAssign, TaskVerify,
	PaperRead, PaperDraft, PaperSign, PaperNumber, FolderPrint, FolderEnter,
	NewsRead, NewsWrite, NewsPublish, NewsClear, NewsModerate, NewsSite, AccountRead, AccountManage, DelegationGive, SystemRun,
}

// Reach is where, seen from the unit of a grant, an action is allowed.
type Reach uint8

// The places of a reach; they add up. Nothing reaches to a sibling.
const (
	Own   Reach = 1 << iota // the unit of the grant
	Below                   // any unit below it
	Above                   // the unit that counts it
)

// reads is what everybody with a role in content sees by default: the own
// subtree, and of the parent's board the totals only.
var reads = map[Action]Reach{
	UnitRead: Own | Below, BoardRead: Own | Below, BoardTotals: Own | Below | Above,
	DirectiveRead: Own | Below, ReportRead: Own | Below, BriefingRead: Own | Below,
	DifficultyRead: Own | Below, TaskRead: Own | Below,
	PaperRead: Own, NewsRead: Own,
}

var rules = map[Role]map[Action]Reach{
	Viewer: reads,
	Officer: with(reads, map[Action]Reach{
		DirectiveDraft: Own, ReportDraft: Own, ReportTell: Below, MomentName: Own,
		BriefingAttend: Own, BriefingCall: Own, DifficultyRaise: Own, DifficultyAnswer: Own,
		TaskGive: Own, TaskDo: Own, TaskVerify: Own,
		PaperDraft: Own, PaperNumber: Own, FolderPrint: Own,
		NewsWrite: Own, NewsModerate: Own,
	}),
	Leader: with(reads, map[Action]Reach{
		DirectiveDraft: Own, DirectiveIssue: Own, DirectiveAnswer: Own,
		ReportDraft: Own, ReportSubmit: Own, ReportDecide: Own, ReportTell: Below, StandingSet: Below,
		BriefingAttend: Own, BriefingCall: Own, DifficultyRaise: Own, DifficultyAnswer: Own,
		TaskGive: Own, TaskSign: Own, TaskDo: Own, TaskAssign: Own, TaskVerify: Own,
		PaperDraft: Own, PaperSign: Own, PaperNumber: Own, FolderPrint: Own, FolderEnter: Own,
		NewsWrite: Own, NewsPublish: Own, NewsClear: Own, NewsModerate: Own, NewsSite: Own,
		MomentName: Own, MomentRemove: Own, PostChange: Own, AccountRead: Own, DelegationGive: Own,
	}),
	UnitAdmin: {
		UnitRead: Own | Below, UnitChange: Own | Below, PostChange: Own | Below,
		MomentRemove: Own | Below, AccountRead: Own | Below, AccountManage: Own | Below, DelegationGive: Own | Below,
	},
	SystemAdmin: {SystemRun: Own, UnitRead: Own},
}

func with(base, more map[Action]Reach) map[Action]Reach {
	all := make(map[Action]Reach, len(base)+len(more))
	for action, where := range base {
		all[action] = where
	}
	for action, where := range more {
		all[action] = where
	}
	return all
}
