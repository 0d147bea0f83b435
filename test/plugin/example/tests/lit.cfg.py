import os

import lit.formats

config.name = "double-by-adding"
config.test_format = lit.formats.ShTest()
config.suffixes = [".irm"]
config.environment["PATH"] = os.environ["PATH"]
library = os.path.join(os.path.dirname(__file__), "..", "build", "double-by-adding.so")
config.substitutions.append(("%opt", f"irmem-opt --load={library}"))
