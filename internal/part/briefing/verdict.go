package briefing

// Part is what is checked of a site's place.
type Part string

// The parts of a check.
const (
	PartBrowser    Part = "browser"
	PartNetwork    Part = "network"
	PartCamera     Part = "camera"
	PartMicrophone Part = "microphone"
	PartSpeakers   Part = "speakers"
)

// Grade is how good something is.
type Grade string

// The grades, the best first.
const (
	Good      Grade = "good"
	Weak      Grade = "weak"      // the meeting can be followed, with loss
	Fails     Grade = "fails"     // it has to be mended before the day
	Unchecked Grade = "unchecked" // it was asked for and not tried
)

// Verdict is what is to be said of one part. The reason is one of few words, for
// which there is a text that says what to do.
type Verdict struct {
	Part   Part   `json:"part"`
	Grade  Grade  `json:"grade"`
	Reason string `json:"reason"`
}

// line is what a line must do for a meeting: milliseconds and kbit/s.
type line struct{ roundTrip, down, up int }

// What the lines must do, by measure: boards and papers alone want pages of 400 KB in
// a second or two; picture and sound want one picture of 1.5 Mbit/s each way, with a
// third in reserve. Below a third of that nothing can be followed.
var (
	boardLine = line{roundTrip: 500, down: 1000, up: 200}
	mediaLine = line{roundTrip: 300, down: 2000, up: 2000}
)

// Verdicts judges a check: browser and line, and devices where the briefing asks for
// them. That the media server can be reached is to be one more part here.
func (c Check) Verdicts(devices bool) []Verdict {
	list := []Verdict{c.browser(devices), c.network(devices)}
	if !devices {
		return list
	}
	for _, one := range []struct {
		part   Part
		device Device
	}{{PartCamera, c.Camera}, {PartMicrophone, c.Microphone}, {PartSpeakers, c.Speakers}} {
		v := Verdict{one.part, Fails, string(one.device)}
		switch one.device {
		case Works:
			v.Grade = Good
		case Untried:
			v.Grade, v.Reason = Unchecked, "untried"
		}
		list = append(list, v)
	}
	return list
}

func (c Check) browser(devices bool) Verdict {
	v := Verdict{PartBrowser, Fails, ""}
	switch {
	case !c.Modern:
		v.Reason = "old"
	case devices && !c.Secure:
		v.Reason = "insecure"
	case devices && !c.Calls:
		v.Reason = "no-calls"
	case devices && !c.Codecs:
		v.Reason = "no-codecs"
	default:
		v.Grade, v.Reason = Good, "good"
	}
	return v
}

func (c Check) network(devices bool) Verdict {
	need := boardLine
	if devices {
		need = mediaLine
	}
	v := Verdict{PartNetwork, Weak, ""}
	switch {
	case c.Down == 0 || c.Up == 0:
		return Verdict{PartNetwork, Fails, "broken"}
	case c.Down < need.down:
		v.Reason = "slow-down"
	case c.Up < need.up:
		v.Reason = "slow-up"
	case c.RoundTrip > need.roundTrip:
		v.Reason = "slow-answers"
	default:
		v.Grade, v.Reason = Good, "good"
	}
	if c.Down < need.down/3 || c.Up < need.up/3 || c.RoundTrip > 3*need.roundTrip {
		v.Grade = Fails
	}
	return v
}

// Worst is the grade of a place as a whole: what fails before what was not tried,
// and that before what is weak.
func Worst(list []Verdict) Grade {
	worst := Good
	for _, v := range list {
		if v.Grade.rank() > worst.rank() {
			worst = v.Grade
		}
	}
	return worst
}

func (g Grade) rank() int {
	switch g {
	case Weak:
		return 1
	case Unchecked:
		return 2
	case Fails:
		return 3
	}
	return 0
}
