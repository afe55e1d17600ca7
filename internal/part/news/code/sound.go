package code

import (
	"embed"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// voice has a recording of what each character of the alphabet is called, made by
// voice/record.sh.
//
//go:embed voice/*.wav
var voice embed.FS

// A recording and what is made of them: samples a second, of one channel.
const (
	rate   = 16000
	header = 44 // bytes before the samples of a plain WAV
)

// How a code is spoken.
const (
	lead    = rate / 2 // samples of quiet before the first character and after the last
	pause   = rate * 6 / 10
	pitched = .06 // how far a voice is higher or lower, at most
	hiss    = .02 // noise, of the loudest that can be
)

// Sound speaks a code in Vietnamese, character by character, as a WAV with 8 bits a
// sample: eighty kilobytes or so. The voice is a little higher or lower for each
// character, and noise lies over all. One code and one seed give one sound.
func Sound(code string, seed uint64) ([]byte, error) {
	dice := rand.New(rand.NewPCG(seed, 1))
	spoken := make([]float64, lead)
	for _, character := range code {
		recording, err := voice.ReadFile("voice/" + string(character) + ".wav")
		if err != nil {
			return nil, fmt.Errorf("a code's sound: %w", err)
		}
		spoken = append(spoken, pitch(samples(recording), spread(dice, 1, pitched))...)
		spoken = append(spoken, make([]float64, pause+dice.IntN(pause/3))...)
	}
	spoken = append(spoken, make([]float64, lead)...)
	return wav(spoken, dice), nil
}

// samples are a recording's, between -1 and 1.
func samples(recording []byte) []float64 {
	recording = recording[header:]
	found := make([]float64, len(recording)/2)
	for i := range found {
		found[i] = float64(int16(binary.LittleEndian.Uint16(recording[2*i:]))) / (1 << 15)
	}
	return found
}

// pitch plays samples faster, and so higher, by a factor.
func pitch(recorded []float64, factor float64) []float64 {
	played := make([]float64, int(float64(len(recorded)-1)/factor))
	for i := range played {
		at := float64(i) * factor
		before := int(at)
		share := at - float64(before)
		played[i] = recorded[before]*(1-share) + recorded[min(before+1, len(recorded)-1)]*share
	}
	return played
}

// wav is a file of the samples, with noise over them.
func wav(spoken []float64, dice *rand.Rand) []byte {
	file := make([]byte, 0, header+len(spoken))
	file = append(file, "RIFF"...)
	file = binary.LittleEndian.AppendUint32(file, uint32(header-8+len(spoken)))
	file = append(file, "WAVEfmt "...)
	file = binary.LittleEndian.AppendUint32(file, 16) // bytes of what follows, up to "data"
	file = binary.LittleEndian.AppendUint16(file, 1)  // plain samples
	file = binary.LittleEndian.AppendUint16(file, 1)  // one channel
	file = binary.LittleEndian.AppendUint32(file, rate)
	file = binary.LittleEndian.AppendUint32(file, rate) // bytes a second
	file = binary.LittleEndian.AppendUint16(file, 1)    // bytes a sample
	file = binary.LittleEndian.AppendUint16(file, 8)    // bits a sample
	file = append(file, "data"...)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(spoken)))
	for _, sample := range spoken {
		loud := max(-1, min(1, sample+spread(dice, 0, hiss)))
		file = append(file, byte(128+loud*127))
	}
	return file
}
