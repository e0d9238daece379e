"""Settings of Superset on the own machine. In a cluster, the module kubernetes/superset writes them."""

import os
from urllib.parse import quote

SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = "postgresql+psycopg2://{user}:{password}@{host}/{name}".format(
    user=quote(os.environ["DB_USER"], safe=""),
    password=quote(os.environ["DB_PASSWORD"], safe=""),
    host=os.environ["DB_HOST"],
    name=quote(os.environ["DB_NAME"], safe=""),
)
TALISMAN_ENABLED = True
ENABLE_PROXY_FIX = True
