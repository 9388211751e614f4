from django.urls import path

from reports.portfolio import views

urlpatterns = [
    path("consultancies/<uuid:pk>/portfolios/", views.portfolios, name="portfolios"),
    path("portfolios/<uuid:pk>/", views.portfolio_status, name="portfolio"),
    path("portfolios/<uuid:pk>/download/", views.portfolio_download, name="portfolio_download"),
]
