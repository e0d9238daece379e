import sys

from awsglue.utils import getResolvedOptions

arguments = getResolvedOptions(sys.argv, ["bucket"])
print(f"counting objects of {arguments['bucket']}")
