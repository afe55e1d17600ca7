package media

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Meter tells how busy this machine is, from one look to the next.
type Meter struct {
	process        int
	all, idle, own int64 // ticks until the last look; all is 0 before the first
}

// Look is the share of all processors that was in use since the look before, and what a process
// had of it; nothing at the first look, for process 0, and on systems that do not
// tell.
func (m *Meter) Look(process int) (busy, own float64) {
	before := *m
	*m = Meter{process: process}
	var err error
	if m.all, m.idle, err = machineTicks(); err != nil || process == 0 {
		*m = Meter{}
		return 0, 0
	}
	if m.own, err = processTicks(process); err != nil {
		*m = Meter{}
		return 0, 0
	}
	took := float64(m.all - before.all)
	if before.all == 0 || before.process != process || took <= 0 {
		return 0, 0
	}
	return 1 - float64(m.idle-before.idle)/took, float64(m.own-before.own) / took
}

// ProcessorTime is the time of processors that a process has used, as Linux counts it; an error
// on other systems, and where there is no such process.
func ProcessorTime(process int) (time.Duration, error) {
	ticks, err := processTicks(process)
	return time.Duration(ticks) * tick, err
}

const tick = 10 * time.Millisecond // USER_HZ, the same on every Linux that Go runs on

// processTicks are those of a process itself and of the system for it.
func processTicks(process int) (int64, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // its name may hold anything
	ticks, err := numbers(strings.Fields(rest), 11, 13)
	if err != nil {
		return 0, fmt.Errorf("what the system says of process %d is %q: %w", process, stat, err)
	}
	return ticks[0] + ticks[1], nil
}

// machineTicks are those of all processors together, and how many of them nobody needed.
func machineTicks() (all, idle int64, err error) {
	stat, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0, err
	}
	line, _, _ := strings.Cut(string(stat), "\n")
	// user, nice, system, idle, iowait, irq, softirq, steal; what follows is in these.
	ticks, err := numbers(strings.Fields(line), 1, 9)
	if err != nil {
		return 0, 0, fmt.Errorf("what the system says of its processors is %q: %w", line, err)
	}
	for _, n := range ticks {
		all += n
	}
	return all, ticks[3] + ticks[4], nil
}

// numbers are the fields of a line from one to before another.
func numbers(fields []string, from, until int) (list []int64, err error) {
	if len(fields) < until {
		return nil, errors.New("too few fields")
	}
	for _, field := range fields[from:until] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}
