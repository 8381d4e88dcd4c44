"""Adds up JUnit reports: tally.py BROKEN_STEPS REPORT... prints failures and the closing line; exit 1 when any failed."""

import sys
import xml.etree.ElementTree as ElementTree

passed = 0
failures = [f"{sys.argv[1]} build step(s)"] * int(sys.argv[1])
for report in sys.argv[2:]:
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        if case.find("skipped") is not None:
            failures.append(f"{name} (skipped: no test may be)")
        elif case.find("failure") is not None or case.find("error") is not None:
            failures.append(name)
        else:
            passed += 1
for failure in failures:
    print("FAILED", failure)
print(f"{passed} passed, {len(failures)} failed")
sys.exit(1 if failures or not passed else 0)
