"""end.py SIGNAL FOLDER COMMAND...: ends a command by a signal as soon as a file is in the folder, and
prints how the command ended."""

import os
import signal
import subprocess
import sys

number = getattr(signal, sys.argv[1])
process = subprocess.Popen(sys.argv[3:], preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
while process.poll() is None and not os.listdir(sys.argv[2]):
    pass
process.send_signal(number)
print("ended by", signal.Signals(-process.wait()).name)
